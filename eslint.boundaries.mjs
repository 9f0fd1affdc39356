// What each folder may import. A room imports from the rooms below it and never from those above; docs/architecture.md draws
// them. Each message says where the thing belongs that was reached for.

const ROOMS = ['engine', 'lib', 'lambda', 'trace', 'local-cloudwatch', 'cli', 'bin', 'demo', 'bench', 'scripts', 'test'];
const CDK = '^(aws-cdk-lib|constructs)(/|$)';
const AWS_SDK = '^@aws-sdk/';

const WAY_OUT = {
  engine: 'what several rooms need and is pure belongs to engine/',
  lib: 'constructs belong to lib/; a name that both sides need belongs to engine/telemetry/names.ts or engine/ledger/members.ts',
  lambda: 'nobody imports from the folder of a handler: what others need belongs to engine/, what several handlers need to lambda/shared/',
  trace: 'applications import trace/ as a bundle: what others need belongs to engine/',
  'local-cloudwatch': 'what CloudWatch does is simulated for cli/, demo/ and test/ only',
  cli: 'what others than the command line need belongs to engine/ or local-cloudwatch/',
  bin: 'bin/ holds entries only',
  demo: 'nothing of demo/ ships',
  bench: 'nothing of bench/ ships',
  scripts: 'nothing of scripts/ ships',
  test: 'nothing of test/ ships',
};

/** Refuses every room but those named. */
function rooms(room, allowed, ...more) {
  const refused = ROOMS.filter((other) => other !== room && !allowed.includes(other));
  const patterns = refused.map((other) => ({
    regex: `^(\\.\\./)+${other}(/|$)`,
    message: `${room}/ may not import from ${other}/: ${WAY_OUT[other]}`,
  }));
  return {
    files: [`${room}/**/*.ts`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [...patterns, ...more] }] },
  };
}

const noCdk = (room) => ({ regex: CDK, message: `${room}/ may not import the CDK: constructs belong to lib/` });
const noSdk = (room) => ({
  regex: AWS_SDK,
  allowTypeImports: true,
  message: `${room}/ may not call AWS: the client belongs to the folder of the handler or the command that needs it`,
});

const NO_CLOCK = 'engine/ and lib/ have no clock: take the time as an argument';

export const ANY_PARTITION = {
  selector: 'Literal[value=/^arn:aws:/]',
  message: 'use Aws.PARTITION or Stack.formatArn: partitions differ',
};

const QUOTES = 'JSON.parse quotes what it cannot read, and errors of a function are logged: use parseJson (lambda/shared/parse-json.ts)';
const NO_DEADLINE =
  'what never answers would keep the function until its timeout: pass the abort signal of withDeadline (lambda/shared/deadline.ts)';

/** The few modules of the engine that constructs ask at synth. */
const ASKED_AT_SYNTH = [
  'telemetry/names',
  'telemetry/agent-names',
  'telemetry/span-attributes',
  'agents/span-keys',
  'ledger/members',
  'ledger/calls',
  'ledger/agent-members',
  'ledger/table-ddl',
  'ledger/questions/question',
  'ledger/questions/insights-query',
  'ledger/questions/sql-query',
  'focus/focus-sql',
  'pricing/catalogue',
  'pricing/model-title',
  'pricing/price-overrides',
  'price-list/billed-services',
  'bill/cur-columns',
];

/** What engine/ and lib/ may not say. */
const PURE = [ANY_PARTITION, { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: NO_CLOCK }];
const BUILT_IN = {
  selector: "MemberExpression[object.name='Catalogue'][property.name='builtIn']",
  message: 'the package has no file beside the compiled engine: use builtInCatalogue (lib/private/built-in-catalogue.ts)',
};

export const boundaries = [
  rooms('engine', [], noCdk('engine'), noSdk('engine')),
  {
    files: ['engine/**/*.ts', 'lib/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'console', 'fetch'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: NO_CLOCK },
        { object: 'Math', property: 'random', message: 'engine/ and lib/ are deterministic: take the random numbers as an argument' },
      ],
      'no-restricted-syntax': ['error', ...PURE],
    },
  },
  { files: ['lib/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...PURE, BUILT_IN] } },
  rooms('lib', ['engine'], noSdk('lib'), {
    regex: `^(\\.\\./)+engine/(?!(${ASKED_AT_SYNTH.join('|')})$)`,
    message: `lib/ may import only ${ASKED_AT_SYNTH.join(', ')} from engine/: checks at synth ask the engine, they do not take it apart`,
  }),
  rooms('lambda', ['engine'], noCdk('lambda'), {
    regex: '^\\.\\./(?!\\.\\./|shared/)',
    message: `lambda/HANDLER/ may not import from another handler: ${WAY_OUT.lambda}`,
  }),
  {
    files: ['lambda/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ANY_PARTITION,
        { selector: "CallExpression[callee.property.name='send'][arguments.length=1]", message: NO_DEADLINE },
        { selector: 'CallExpression[callee.name=/^paginate[A-Z]/][arguments.length=2]', message: NO_DEADLINE },
        { selector: "CallExpression[callee.object.name='JSON'][callee.property.name='parse']", message: QUOTES },
      ],
    },
  },
  { files: ['lambda/shared/parse-json.ts'], rules: { 'no-restricted-syntax': 'off' } },
  rooms('trace', ['engine'], noCdk('trace'), noSdk('trace')),
  rooms('local-cloudwatch', ['engine'], noCdk('local-cloudwatch'), noSdk('local-cloudwatch')),
  rooms('cli', ['engine', 'local-cloudwatch'], noCdk('cli')),
  rooms('bin', ['lib', 'cli']),
  rooms('demo', ['engine', 'lib', 'local-cloudwatch', 'cli', 'bin']),
  rooms('bench', ['engine', 'lib', 'cli', 'trace']),
  rooms('scripts', ['engine', 'lib', 'local-cloudwatch', 'cli', 'bin', 'demo']),
  {
    files: ['examples/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(\\.\\./)+', message: 'examples/ imports the package by its name, as a user does' }] },
      ],
    },
  },
];

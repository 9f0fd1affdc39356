import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** What docs/architecture.md draws: each room, and the rooms that it may import from. */
const ARROWS: Record<string, readonly string[]> = {
  engine: [],
  lib: ['engine'],
  lambda: ['engine'],
  trace: ['engine'],
  'local-cloudwatch': ['engine'],
  cli: ['engine', 'local-cloudwatch'],
  bin: ['lib', 'cli'],
  demo: ['engine', 'lib', 'local-cloudwatch', 'cli', 'bin'],
  bench: ['engine', 'lib', 'cli', 'trace'],
  scripts: ['engine', 'lib', 'local-cloudwatch', 'cli', 'bin', 'demo'],
};
const ROOMS = [...Object.keys(ARROWS), 'test'];

interface Planted {
  readonly filePath: string;
  readonly code: string;
}

/** Code that is refused, with part of the message; without one, code that is allowed. */
type Row = readonly [what: string, planted: Planted, refusal?: string];

function importing(filePath: string, path: string, keyword = 'import'): Planted {
  return { filePath, code: `${keyword} { anything } from '${path}';\nexport const used: typeof anything = anything;\n` };
}

const betweenRooms = Object.entries(ARROWS).flatMap(([room, allowed]) =>
  ROOMS.filter((other) => other !== room).map((other): Row => {
    // In lib, too, this one module of the engine may be imported.
    const file = other === 'engine' ? 'telemetry/names' : 'planted';
    // A room below a room, as the folder of a handler is.
    const planted = importing(`${room}/planted/planted.ts`, `../../${other}/${file}`);
    return [`${room} → ${other}`, planted, allowed.includes(other) ? undefined : `${room}/ may not import from ${other}/: `];
  }),
);

const outside: Row[] = [
  ...['engine', 'lambda', 'trace', 'local-cloudwatch', 'cli'].flatMap((room): Row[] => [
    [`${room} → aws-cdk-lib`, importing(`${room}/planted.ts`, 'aws-cdk-lib/aws-logs'), `${room}/ may not import the CDK: `],
    [`${room} → constructs`, importing(`${room}/planted.ts`, 'constructs'), `${room}/ may not import the CDK: `],
  ]),
  ...['engine', 'lib', 'trace', 'local-cloudwatch'].flatMap((room): Row[] => [
    [`${room} → AWS SDK`, importing(`${room}/planted.ts`, '@aws-sdk/client-s3'), `${room}/ may not call AWS: `],
    [`${room} → types of the AWS SDK`, { filePath: `${room}/planted.ts`, code: "export type { S3Client } from '@aws-sdk/client-s3';\n" }],
  ]),
];

const inside: Row[] = [
  [
    'lib → what the engine does not offer at synth',
    importing('lib/private/planted.ts', '../../engine/records/parse-record'),
    'lib/ may import only telemetry/names, telemetry/agent-names, ',
  ],
  ['lib → what the engine offers at synth', importing('lib/private/planted.ts', '../../engine/ledger/members')],
  [
    'a handler → another handler',
    importing('lambda/send-digest/planted.ts', '../meter-calls/log-events'),
    'lambda/HANDLER/ may not import from another handler: ',
  ],
  ['a handler → what handlers share', importing('lambda/send-digest/planted.ts', '../shared/sources')],
  ['a deeper file', importing('cli/replay/planted.ts', '../../demo/failure'), 'cli/ may not import from demo/: nothing of demo/ ships'],
  ['an export', importing('engine/planted.ts', '../lambda/shared/sources', 'export'), 'engine/ may not import from lambda/: '],
  [
    'an example → a file of the library',
    importing('examples/existing-app/planted.ts', '../../lib'),
    'examples/ imports the package by its name',
  ],
  ['an example → the package', importing('examples/existing-app/planted.ts', 'cdk-bedrock-observability')],
];

const pure = ['engine', 'lib'].flatMap((room) =>
  [
    ['process', 'export const planted = process.env.HOME;', "Unexpected use of 'process'"],
    ['console', 'console.log(1);', "Unexpected use of 'console'"],
    ['fetch', "export const planted = fetch('https://aws.amazon.com');", "Unexpected use of 'fetch'"],
    ['Date.now()', 'export const planted = Date.now();', 'engine/ and lib/ have no clock'],
    ['new Date()', 'export const planted = new Date();', 'engine/ and lib/ have no clock'],
    ['new Date(time)', 'export const planted = new Date(0);'],
    ['Math.random()', 'export const planted = Math.random();', 'engine/ and lib/ are deterministic'],
    ['the ARN of one partition', "export const planted = 'arn:aws:s3:::bucket';", 'use Aws.PARTITION or Stack.formatArn'],
  ].map(([what, code, refusal]): Row => [`${what} in ${room}`, { filePath: `${room}/planted.ts`, code: `${code!}\n` }, refusal]),
);

const BUILT_IN = 'declare const Catalogue: { builtIn(): unknown };\nexport const planted = Catalogue.builtIn();\n';
const files: Row[] = [
  [
    'a file beside the engine, from lib',
    { filePath: 'lib/planted.ts', code: BUILT_IN },
    'the package has no file beside the compiled engine',
  ],
  ['a file beside the engine, from a handler', { filePath: 'lambda/planted/planted.ts', code: BUILT_IN }],
];

const asking = (call: string) => ({
  filePath: 'lambda/planted/planted.ts',
  code: `import * as sdk from '../shared/sources';\nexport const { client, command, paginateThings } = sdk;\nexport const planted: unknown = ${call};\n`,
});

const deadlines: Row[] = [
  ['a request without a deadline', asking('client.send(command)'), 'what never answers would keep the function'],
  ['a request with a deadline', asking('client.send(command, { abortSignal: command })')],
  ['pages without a deadline', asking('paginateThings(client, command)'), 'what never answers would keep the function'],
  [
    'JSON.parse in a handler',
    { filePath: 'lambda/planted/planted.ts', code: 'export const planted: unknown = JSON.parse("1");\n' },
    'JSON.parse quotes what it cannot read',
  ],
];

const branches = (count: number) =>
  `export function planted(n: number): number {\n${Array.from({ length: count }, (_, i) => `  if (n === ${i}) return ${i};\n`).join('')}  return n;\n}\n`;
const linesOf = (count: number) => Array.from({ length: count }, (_, i) => `export const planted${i} = ${i};\n`).join('');

const shape: Row[] = [
  ['a function of complexity 16', { filePath: 'cli/planted.ts', code: branches(15) }, "Function 'planted' has a complexity of 16. Maximum"],
  ['a function of complexity 15', { filePath: 'cli/planted.ts', code: branches(14) }],
  [
    'a file of 251 lines',
    { filePath: 'test/planted.test.ts', code: linesOf(251) },
    'File has too many lines (251). Maximum allowed is 250',
  ],
  ['a file of 250 lines', { filePath: 'test/planted.test.ts', code: linesOf(250) }],
];

const rows = [...betweenRooms, ...outside, ...inside, ...pure, ...files, ...deadlines, ...shape];
let messages: string[][];

beforeAll(() => {
  const input = JSON.stringify(rows.map(([, planted]) => planted));
  messages = JSON.parse(
    execFileSync(process.execPath, [join(__dirname, 'lint.mjs')], { cwd: root, input, encoding: 'utf8' }),
  ) as string[][];
});

test.each(rows.map(([what, , refusal], index) => [what, refusal ? 'is refused' : 'is allowed', refusal, index] as const))(
  '%s %s',
  (_what, _is, refusal, index) => {
    expect(messages[index]).toEqual(refusal === undefined ? [] : [expect.stringContaining(refusal)]);
  },
);

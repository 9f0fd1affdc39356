// `npm test`: the gate. With CI=true it is whole, with the steps that take longest: all cases, coverage, the packages, apps and
// examples of the four languages. It needs npm only; what needs Python, Java, Go or .NET is skipped, and said to be, where those
// are missing. Steps run side by side, as many as there are cores; the first failure ends all of them.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { buildCollector } from './collector.mjs';
import { buildPackages, findLanguages, lintTemplates, synthesize, synthesizeExample } from './languages.mjs';
import { LONG_TESTS } from './long-tests.mjs';
import { testPythonModule } from './python-module.mjs';
import { root, run, temporaryFolder } from './shell.mjs';
import { runSteps } from './steps.mjs';

const cores = availableParallelism();
const work = temporaryFolder();
const tests = { passed: 0, failed: 0 };
const skipped = [];
let languages = [];
let template;
let exampleTemplate;

function skip(what) {
  skipped.push(what);
  return `skipped: ${what}`;
}

const quietly = (command) => async () => void (await run(command));

async function compile() {
  // jsii only warns that the floor of a peer dependency is not the version tested with, even with --fail-on-warnings.
  const output = await run('jsii --fail-on-warnings 2>&1');
  if (output.includes('missing-dev-dependency')) {
    throw new Error(output);
  }
  await run('node scripts/bundle-library.mjs');
}

async function jest(name, args, env) {
  const outputFile = join(work, `${name}.json`);
  try {
    await run(`jest --ci --silent --maxWorkers=${cores} --json --outputFile='${outputFile}' ${args}`, { env, live: true });
  } finally {
    if (existsSync(outputFile)) {
      const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(outputFile, 'utf8'));
      tests.passed += numPassedTests;
      // A suite that cannot be loaded has no failed test.
      tests.failed += Math.max(numFailedTests, numFailedTestSuites);
    }
  }
}

/** Without the coverage, which takes longer than the cases themselves. */
async function allCases() {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).map((file) => join('test', file));
  const heavy = files.filter((file) => file.endsWith('.test.ts') && readFileSync(join(root, file), 'utf8').includes("/cases'"));
  await jest('cases', heavy.join(' '), { CASES: 'all' });
}

async function apiDocs() {
  const fresh = join(work, 'API.md');
  await run(`jsii-docgen -o '${fresh}'`);
  if (readFileSync(fresh, 'utf8') !== readFileSync(join(root, 'API.md'), 'utf8')) {
    throw new Error('API.md does not describe the current API');
  }
}

async function tools() {
  const { found, skipped: lacking } = await findLanguages();
  languages = found;
  for (const [name, reason] of Object.entries(lacking)) {
    skip(`${name} (${reason})`);
  }
  return found.join(', ');
}

/** For the tests with a real collector, which are skipped where there is none. */
async function collector() {
  const { missing } = await buildCollector();
  return missing && skip(`tests with a real collector (needs ${missing})`);
}

async function pythonModule() {
  const { passed, missing } = await testPythonModule();
  if (missing) return skip(`the Python module (${missing})`);
  tests.passed += passed;
  return `${passed} tests passed`;
}

async function app(name) {
  if (!languages.includes(name)) {
    return 'skipped';
  }
  const own = await synthesize(name);
  template ??= own;
  if (own !== template) {
    throw new Error(`the template of ${name} differs from that of typescript`);
  }
  return name === 'typescript' ? undefined : 'same bytes as typescript';
}

/** The examples of the languages are one app: what a construct makes does not depend on the language. */
async function example(name) {
  if (!languages.includes(name)) {
    return 'skipped';
  }
  const own = await synthesizeExample(name);
  exampleTemplate ??= own;
  if (own !== exampleTemplate) {
    throw new Error(`the template of examples/${name} differs from that of another language`);
  }
}

async function lint(regions, expected, folder = 'cdk.out') {
  if (!languages.includes('python')) {
    return skip(`cfn-lint in ${regions.join(', ')} (needs Python)`);
  }
  const findings = await lintTemplates(join(root, folder), regions);
  if (findings.join('\n') !== expected.join('\n')) {
    throw new Error(`expected ${expected.length} findings:\n${expected.join('\n')}\ngot ${findings.length}:\n${findings.join('\n')}`);
  }
  return `${findings.length} findings, as expected`;
}

// What the sample stack holds and GovCloud or China do not have, as cfn-lint words it.
const MISSING_OUTSIDE_COMMERCIAL = [];

/** Where the templates of examples/organization are made. */
const ORGANIZATION = '.cache/organization';

/** `inCi`: only with CI=true. */
const ALL_STEPS = [
  { name: 'bundle, NOTICE', run: quietly('node scripts/notice.mjs --check'), wayOut: 'node scripts/notice.mjs' },
  { name: 'compile', run: compile },
  { name: 'dead exports, import cycles', run: quietly('knip'), wayOut: 'npx knip says what is unused; remove it, or see knip.jsonc' },
  { name: 'types', run: quietly('tsc -p tsconfig.json') },
  { name: 'lint', run: quietly('eslint . --cache --cache-location .cache/eslint/'), wayOut: 'npx eslint . --fix' },
  { name: 'format', run: quietly('prettier --check . --cache --cache-location .cache/prettier'), wayOut: 'npm run format' },
  { name: 'collector', inCi: true, run: collector, wayOut: 'node scripts/collector.mjs' },
  {
    name: 'tests on the oldest aws-cdk-lib',
    // Counting the lines that run doubles the time: the thresholds are held in CI.
    run: () => jest('floor', inCi ? '--coverage' : `--testPathIgnorePatterns ${LONG_TESTS.map((path) => `'${path}'`).join(' ')}`),
    after: ['bundle, NOTICE', 'compile', 'collector'],
    slots: cores,
  },
  { name: 'tests with all cases', inCi: true, run: allCases, after: ['bundle, NOTICE'], slots: cores },
  {
    name: 'tests on the newest aws-cdk-lib',
    inCi: true,
    run: () => jest('newest', 'test/lib test/bin test/gate/constructs test/gate/regulated test/examples/organization', { CDK: 'newest' }),
    after: ['bundle, NOTICE'],
    slots: cores,
  },
  { name: 'Python module', inCi: true, run: pythonModule, after: ['collector', 'packages'], wayOut: 'node scripts/python-module.mjs' },
  { name: 'tools of the languages', inCi: true, run: tools },
  {
    name: 'API lint',
    inCi: true,
    run: quietly('node scripts/api-lint.mjs'),
    after: ['compile'],
    wayOut: 'fix it, or exclude it in awslint.json and say why in test/gate/awslint.test.ts',
  },
  { name: 'API.md', run: apiDocs, after: ['compile'], wayOut: 'npm run docs' },
  { name: 'README examples', inCi: true, run: quietly('jsii-rosetta extract --strict --directory .'), after: ['compile'] },
  { name: 'sample app', run: quietly('cdk synth --quiet --no-notices'), after: ['bundle, NOTICE'] },
  {
    name: 'packages',
    inCi: true,
    run: () => buildPackages(languages),
    after: ['compile', 'bundle, NOTICE', 'tools of the languages', 'README examples'],
  },
  {
    name: 'release dry run',
    inCi: true,
    run: async () => (await run('tsx scripts/release.ts --dry-run')).trim().split('\n').at(-1),
    after: ['packages', 'Python module'],
    wayOut: 'npm run release -- --dry-run',
  },
  { name: 'typescript app', inCi: true, run: () => app('typescript'), after: ['packages'] },
  { name: 'java app', inCi: true, run: () => app('java'), after: ['typescript app'] },
  { name: 'go app', inCi: true, run: () => app('go'), after: ['typescript app'] },
  { name: 'python app', inCi: true, run: () => app('python'), after: ['typescript app'] },
  { name: 'java example', inCi: true, run: () => example('java'), after: ['java app'] },
  { name: 'go example', inCi: true, run: () => example('go'), after: ['go app'] },
  { name: 'python example', inCi: true, run: () => example('python'), after: ['python app'] },
  {
    name: 'cfn-lint, commercial Regions',
    inCi: true,
    run: () => lint(['us-east-1', 'eu-west-1'], []),
    after: ['sample app', 'tools of the languages'],
  },
  {
    name: 'example of an organization',
    inCi: true,
    // The template of the members is a text in that of the StackSet, and a file of its own with Control Tower.
    run: quietly(['organization', 'control-tower'].map((name) => `CDK_OUTDIR=${ORGANIZATION} tsx examples/${name}/app.ts`).join(' && ')),
    after: ['bundle, NOTICE'],
  },
  {
    name: 'cfn-lint, example of an organization',
    inCi: true,
    run: () => lint(['eu-central-1', 'us-east-1', 'ap-northeast-1'], [], ORGANIZATION),
    after: ['example of an organization', 'tools of the languages'],
  },
  {
    name: 'cfn-lint, GovCloud and China',
    inCi: true,
    run: () => lint(['us-gov-west-1', 'cn-north-1'], MISSING_OUTSIDE_COMMERCIAL),
    after: ['sample app', 'tools of the languages'],
  },
];

const inCi = Boolean(process.env.CI);
const left = inCi ? [] : ALL_STEPS.filter((step) => step.inCi).map(({ name }) => name);
const STEPS = ALL_STEPS.filter(({ name }) => !left.includes(name)).map((step) => ({
  ...step,
  after: step.after?.filter((name) => !left.includes(name)),
}));
if (left.length > 0) {
  skip(`${left.length} steps of CI (\`CI=true npm test\` runs them): ${left.join('; ')}`);
  skip(`long tests of CI: ${LONG_TESTS.join(' ')}`);
}

const started = Date.now();
const since = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
const counted = () => `${tests.passed} passed, ${tests.failed} failed`;
let done = 0;

try {
  await runSteps(STEPS, {
    cores,
    onEnd: ({ name }, { note, seconds }) =>
      console.log(`[${++done}/${STEPS.length}] ${name}: ${note ?? 'ok'} (${seconds.toFixed(1)} s, ended at ${since()})`),
  });
} catch (failure) {
  const { step, error, seconds } = failure;
  if (step === undefined) {
    throw failure;
  }
  console.error(`[${done + 1}/${STEPS.length}] ${step.name}: FAILED (${seconds.toFixed(1)} s)\n\n${error.message}\n`);
  console.error(`stopped after ${since()} at '${step.name}'${step.wayOut === undefined ? '' : `; way out: ${step.wayOut}`}`);
  console.error(`tests: ${counted()}`);
  process.exit(1);
}
skipped.forEach((what) => console.log(`skipped: ${what}`));
console.log(`all ${STEPS.length} steps done in ${since()} on ${cores} cores, ${skipped.length} skipped`);
console.log(`tests: ${counted()}`);

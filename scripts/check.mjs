// `npm test`: the whole gate, step by step, ending at the first failure. It needs npm only; what needs Python, Java or Go
// is skipped, and said to be, where those are missing.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackages, findLanguages, lintTemplates, synthesize, synthesizePythonExample } from './languages.mjs';
import { root, run, temporaryFolder } from './shell.mjs';

const work = temporaryFolder();
const tests = { passed: 0, failed: 0 };
const skipped = [];
let languages = [];
let template;

function skip(what) {
  skipped.push(what);
  return `skipped: ${what}`;
}

const quietly = (command) => () => void run(command);

function compile() {
  // jsii only warns that the floor of a peer dependency is not the version tested with, even with --fail-on-warnings.
  const output = run('jsii --fail-on-warnings 2>&1');
  if (output.includes('missing-dev-dependency')) {
    throw new Error(output);
  }
}

function jest(name, args, env) {
  const outputFile = join(work, `${name}.json`);
  try {
    // `exec`, so that the time limit ends jest itself: a test that leaves something open keeps it waiting for ever.
    run(`exec jest --ci --silent --json --outputFile='${outputFile}' ${args}`, { env, live: true });
  } finally {
    if (existsSync(outputFile)) {
      const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(outputFile, 'utf8'));
      tests.passed += numPassedTests;
      // A suite that cannot be loaded has no failed test.
      tests.failed += Math.max(numFailedTests, numFailedTestSuites);
    }
  }
}

function apiDocs() {
  const fresh = join(work, 'API.md');
  run(`jsii-docgen -o '${fresh}'`);
  if (readFileSync(fresh, 'utf8') !== readFileSync(join(root, 'API.md'), 'utf8')) {
    throw new Error('API.md does not describe the current API');
  }
}

function packages() {
  const { found, skipped: lacking } = findLanguages();
  languages = found;
  buildPackages(found);
  for (const [name, reason] of Object.entries(lacking)) {
    skip(`${name} (${reason})`);
  }
  return found.join(', ');
}

function app(name) {
  if (!languages.includes(name)) {
    return 'skipped';
  }
  const own = synthesize(name);
  template ??= own;
  if (own !== template) {
    throw new Error(`the template of ${name} differs from that of typescript`);
  }
  return name === 'typescript' ? undefined : 'same bytes as typescript';
}

function lint(regions, expected) {
  if (!languages.includes('python')) {
    return skip(`cfn-lint in ${regions.join(', ')} (needs Python)`);
  }
  const findings = lintTemplates(join(root, 'cdk.out'), regions);
  if (findings.join('\n') !== expected.join('\n')) {
    throw new Error(`expected ${expected.length} findings:\n${expected.join('\n')}\ngot ${findings.length}:\n${findings.join('\n')}`);
  }
  return `${findings.length} findings, as expected`;
}

// What the sample stack holds and GovCloud or China do not have, as cfn-lint words it.
const MISSING_OUTSIDE_COMMERCIAL = [];

const STEPS = [
  { name: 'bundle', run: quietly('node scripts/bundle.mjs') },
  { name: 'NOTICE', run: quietly('node scripts/notice.mjs --check'), wayOut: 'node scripts/notice.mjs' },
  { name: 'compile', run: compile },
  { name: 'types', run: quietly('tsc -p tsconfig.json') },
  { name: 'lint', run: quietly('eslint .'), wayOut: 'npx eslint . --fix' },
  { name: 'format', run: quietly('prettier --check .'), wayOut: 'npm run format' },
  {
    name: 'API lint',
    run: quietly('awslint --no-compile'),
    wayOut: 'fix it, or exclude it in awslint.json and say why in test/awslint.test.ts',
  },
  { name: 'tests on the oldest aws-cdk-lib', run: () => jest('floor', '') },
  { name: 'tests on the newest aws-cdk-lib', run: () => jest('newest', 'test/lib test/bin', { CDK: 'newest' }) },
  { name: 'sample app', run: quietly('cdk synth --quiet --no-notices') },
  { name: 'README examples', run: quietly('jsii-rosetta extract --strict --directory .') },
  { name: 'API.md', run: apiDocs, wayOut: 'npm run docs' },
  { name: 'packages', run: packages },
  {
    name: 'release dry run',
    run: () => run('tsx scripts/release.ts --dry-run').trim().split('\n').at(-1),
    wayOut: 'npm run release -- --dry-run',
  },
  { name: 'typescript app', run: () => app('typescript') },
  { name: 'python app', run: () => app('python') },
  { name: 'java app', run: () => app('java') },
  { name: 'go app', run: () => app('go') },
  { name: 'python example', run: () => (languages.includes('python') ? synthesizePythonExample() : 'skipped') },
  { name: 'cfn-lint, commercial Regions', run: () => lint(['us-east-1', 'eu-west-1'], []) },
  { name: 'cfn-lint, GovCloud and China', run: () => lint(['us-gov-west-1', 'cn-north-1'], MISSING_OUTSIDE_COMMERCIAL) },
];

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
const started = Date.now();
const counted = () => `${tests.passed} passed, ${tests.failed} failed`;

for (const [index, { name, run: step, wayOut }] of STEPS.entries()) {
  const begun = Date.now();
  try {
    const note = step();
    console.log(`[${index + 1}/${STEPS.length}] ${name}: ${note ?? 'ok'} (${seconds(begun)})`);
  } catch (error) {
    console.error(`[${index + 1}/${STEPS.length}] ${name}: FAILED (${seconds(begun)})\n\n${error.message}\n`);
    console.error(`stopped after ${seconds(started)} at '${name}'${wayOut === undefined ? '' : `; way out: ${wayOut}`}`);
    console.error(`tests: ${counted()}`);
    process.exit(1);
  }
}
skipped.forEach((what) => console.log(`skipped: ${what}`));
console.log(`all ${STEPS.length} steps done in ${seconds(started)}, ${skipped.length} skipped`);
console.log(`tests: ${counted()}`);

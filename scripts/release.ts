// `npm run release -- [LEVEL | VERSION] [--dry-run]`: decides the next version, writes CHANGELOG.md, commits, tags and pushes. The
// tag starts .github/workflows/release.yml, which builds once and publishes. docs/releasing.md has the whole way.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { commandsOf, planRelease, renderPlan, type Plan } from './release/plan';
import { obstacles } from './release/repository';

function main(): void {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'dry-run': { type: 'boolean', default: false } } });
  const [asked, ...rest] = positionals;
  if (rest.length > 0) {
    throw new Error(`expected one level or version, got '${positionals.join(' ')}'`);
  }
  const inTheWay = obstacles();
  if (values['dry-run']) {
    const warnings = inTheWay.map((obstacle) => `A release would stop here: ${obstacle}\n`);
    console.log(`Dry run: nothing is changed.\n${warnings.join('')}`);
  } else {
    if (inTheWay.length > 0) {
      throw new Error(inTheWay.join('; '));
    }
    // The API is compared as it is now, not as the last build left it.
    run(['npm', 'run', 'build']);
  }
  const plan = planRelease(asked, new Date().toISOString().slice(0, 10));
  console.log(plan === undefined ? 'nothing to release: no change since the last version that users notice' : renderPlan(plan));
  if (plan !== undefined && !values['dry-run']) {
    release(plan);
  }
}

function release(plan: Plan): void {
  writeFileSync('CHANGELOG.md', plan.changelog.release(plan.version, plan.date, plan.section));
  commandsOf(plan).forEach(run);
}

function run([program = '', ...args]: readonly string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

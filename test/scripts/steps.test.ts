import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const STEPS = join(__dirname, '..', '..', 'scripts', 'steps.mjs');

/** Runs steps that write their beginning and end, and returns what was written. */
function events(steps: readonly object[], cores: number): string[] {
  const program = `
    import { runSteps } from '${STEPS}';
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const steps = ${JSON.stringify(steps)}.map((step) => ({
      ...step,
      run: async () => {
        console.log('begin ' + step.name);
        await wait(step.ms);
        if (step.fails) throw new Error('no');
      },
    }));
    try {
      await runSteps(steps, { cores: ${cores}, onEnd: ({ name }) => console.log('end ' + name) });
    } catch (failure) {
      console.log(failure.step ? 'failed ' + failure.step.name + ': ' + failure.error.message : failure.message);
    }`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }).stdout.trim().split('\n');
}

test('as many steps run as there are cores, in their order', () => {
  expect(
    events(
      [
        { name: 'a', ms: 200 },
        { name: 'b', ms: 20 },
        { name: 'c', ms: 400 },
      ],
      2,
    ),
  ).toEqual(['begin a', 'begin b', 'end b', 'begin c', 'end a', 'end c']);
});

test('a step waits for those it needs, and for the cores it needs', () => {
  expect(
    events(
      [
        { name: 'a', ms: 200 },
        { name: 'needs a', ms: 20, after: ['a'] },
        { name: 'b', ms: 20 },
        { name: 'needs all cores', ms: 20, slots: 8 },
      ],
      2,
    ),
  ).toEqual(['begin a', 'begin b', 'end b', 'end a', 'begin needs a', 'end needs a', 'begin needs all cores', 'end needs all cores']);
});

test('nothing begins after a failure', () => {
  expect(
    events(
      [
        { name: 'a', ms: 20, fails: true },
        { name: 'b', ms: 20, after: ['a'] },
      ],
      2,
    ),
  ).toEqual(['begin a', 'failed a: no']);
});

test('a step that waits for none that is there is named', () => {
  expect(events([{ name: 'a', ms: 1, after: ['gone'] }], 2)).toEqual(['these steps wait for a step that is not there: a']);
});

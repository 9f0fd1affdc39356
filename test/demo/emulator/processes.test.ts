import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../../demo/failure';
import { Processes } from '../../../demo/emulator/processes';

const env = { PATH: process.env.PATH };

test('returns the lines of a command, and hands them on as they come', async () => {
  const seen: string[] = [];
  const lines = await new Processes().run('sh', ['-c', 'echo one; echo two >&2'], {
    env,
    failureMessage: '',
    onLine: (line) => seen.push(line),
  });

  expect(lines.sort()).toEqual(['one', 'two']);
  expect(seen.sort()).toEqual(lines);
});

test('fails with the given sentence and the last lines', async () => {
  const run = new Processes().run('sh', ['-c', 'for i in $(seq 40); do echo line $i; done; exit 3'], { env, failureMessage: 'it failed' });
  const failure = (await run.catch((error: unknown) => error)) as Failure;

  expect(failure).toBeInstanceOf(Failure);
  expect(failure.message).toBe('it failed');
  expect(failure.details).toHaveLength(25);
  expect(failure.details.at(-1)).toBe('line 40');
});

test('fails when the command does not exist', async () => {
  await expect(new Processes().run('no-such-command', [], { env, failureMessage: '' })).rejects.toThrow(
    "'no-such-command' cannot be started",
  );
});

test.each([
  ['ends', ''],
  ['kills', "trap '' TERM; "],
])('stop %s a child and its own children', async (_, trap) => {
  const processes = new Processes(0.3);
  const child = await new Promise<string>((resolve, reject) => {
    const script = `${trap}sleep 60 & echo $!; wait; sleep 60`;
    processes.start('sh', ['-c', script], { env, onLine: resolve }).catch(reject);
  });

  await processes.stop();

  await expect(goneSoon(Number(child))).resolves.toBe(true);
});

async function goneSoon(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await sleep(20);
  }
  return false;
}

import { execFileSync } from 'node:child_process';
import { batch } from './batches';
import { bundledHandler, captured } from './bundled-handler';
import type { Result } from './result';
import { bytesInUse } from './bytes-in-use';

const BATCH = 1000;
const BATCHES = 1000;

/** The heap after 1,000,000 records against the heap after 1,000, in one process, each after a garbage collection. */
export function memory(): Result[] {
  const output = execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', __filename], { encoding: 'utf8' });
  const { first, last } = JSON.parse(output) as { first: number; last: number };
  const details = `${(first / 2 ** 20).toFixed(1)} MiB after ${BATCH} records, ${(last / 2 ** 20).toFixed(1)} MiB after ${BATCH * BATCHES}`;
  return [{ name: 'heap after 1M records against 1K', ratio: last / first, bound: 1.25, better: 'lower', details }];
}

async function run(): Promise<void> {
  const handler = bundledHandler({ LEDGER: 'perCall' });
  const heap: number[] = [];
  for (let i = 0; i < BATCHES; i++) {
    await captured(
      () => undefined,
      () => handler(batch({ records: BATCH, now: Date.now() })),
    );
    if (i === 0 || i === BATCHES - 1) {
      heap.push(await bytesInUse());
    }
  }
  process.stdout.write(JSON.stringify({ first: heap[0], last: heap[1] }));
}

if (require.main === module) {
  void run();
}

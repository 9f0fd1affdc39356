import { Readable } from 'node:stream';
import { sourceOf } from '../../cli/input/parts';
import { groupingOf } from '../../cli/replay/grouping';
import { Replay } from '../../cli/replay/replay';
import { ReplaySummary } from '../../cli/replay/replay-summary';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { call, lines } from './replaying';

// As docs/command-line.md promises: copies are recognised among at least the last 60,000 calls. Twice as many are remembered,
// and the older ones forgotten, once every 4,096 records.
const WINDOW = 60_000;
const STEP = 4096;

/** The number of records after which 120,000 ids are remembered and the older ones are forgotten. */
const RECORDS = Math.ceil((2 * WINDOW) / STEP) * STEP;

/** Files of fewer records than a step, as S3 delivers them. */
const FILES = 40;

const LINE = lines(call(0));
const ID = String(call(0).requestId);
const textOf = (numbers: readonly number[]): string =>
  numbers.map((n) => LINE.replace(ID, ID.slice(0, -6) + String(n).padStart(6, '0'))).join('');

test('copies are recognised among the last 60,000 calls, over many files and steps, and not among older ones', async () => {
  const progress: string[] = [];
  const summary = new ReplaySummary(groupingOf('model'));
  const replay = new Replay({
    prices: new PriceEngine(),
    summary,
    period: { from: -Infinity, until: Infinity },
    outputs: [],
    onMalformed: () => undefined,
    onProgress: (name) => progress.push(name),
  });
  const read = (name: string, numbers: readonly number[]) =>
    replay.read(sourceOf({ name, open: () => Readable.from([Buffer.from(textOf(numbers))], { objectMode: false }) }));
  const copies = () => summary.ignored.at('duplicate').records;

  const size = RECORDS / FILES;
  for (let file = 0; file < FILES; file += 1) {
    await read(
      `file ${file}`,
      Array.from({ length: size }, (_, i) => file * size + i),
    );
  }
  expect(copies()).toBe(0);
  await read('copies of the last 60,000', [RECORDS - 1, RECORDS - WINDOW]);
  expect(copies()).toBe(2);
  await read('copies of older ones', [RECORDS - WINDOW - 1, 0]);
  expect(copies()).toBe(2);
  // At the beginning of each source, and after each step.
  expect(progress).toHaveLength(FILES + 2 + RECORDS / STEP);
});

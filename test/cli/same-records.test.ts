import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { RecordFinder } from '../../cli/input/record-finder';
import { cases } from '../cases';
import { converse, metadataOnly, numbered, type Raw } from '../fixtures/invocation-records';
import { found } from './found-records';
import { WRITERS } from './record-writers';

const RUNS = cases(20, 60);
jest.setTimeout(60_000);

/** Texts that look like the ends and beginnings of values, of texts and of lines. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        '{"',
        '"}',
        '}{',
        '},{',
        '[{',
        '}]',
        '\\',
        '"',
        '\n',
        '\r\n',
        ',',
        '\t',
        ' ',
        '{"schemaType":',
        '\u2028',
        '🙂',
        'é',
        '\ud800',
      ),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join('')),
);
const body = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.constantFrom<unknown>(null, true, 0.5, -1e9),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom('message', 'events', 'modelId', '__proto__')), tie('value'), { maxKeys: 3 }),
  ),
})).value;

const record = fc
  .record({
    base: fc.constantFrom(metadataOnly, converse),
    number: fc.nat(1e9),
    schemaType: fc.constantFrom('ModelInvocationLog', 'ModelInvocationLog', 'ModelInvocationLog', 'Other'),
    modelId: fc.oneof({ weight: 9, arbitrary: fc.constant('us.anthropic.claude-sonnet-4-6') }, { weight: 1, arbitrary: fc.constant(null) }),
    inputTokenCount: fc.oneof({ weight: 9, arbitrary: fc.nat(400_000) }, { weight: 1, arbitrary: fc.constant(-1) }),
    inputBodyJson: body,
    requestMetadata: fc.dictionary(text, text, { maxKeys: 3 }),
  })
  .map(({ base, number, inputTokenCount, inputBodyJson, ...more }): Raw => ({
    ...numbered(base, number),
    ...more,
    input: { inputTokenCount, inputBodyJson },
  }));

const records = fc.array(record, { minLength: 1, maxLength: 6 });

const textsOf = (all: readonly Raw[], indented = false) => all.map((each) => JSON.stringify(each, undefined, indented ? 2 : undefined));

/** Half of the bytes each in a gzip file of their own. */
const members = (bytes: Buffer) => {
  const half = Math.floor(bytes.length / 2);
  return Buffer.concat([gzipSync(bytes.subarray(0, half)), gzipSync(bytes.subarray(half))]);
};

const ENCODINGS: ReadonlyArray<readonly [string, (text: string) => Buffer]> = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['UTF-16, little-endian', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16, little-endian, without a mark', (text) => Buffer.from(text, 'utf16le')],
  ['UTF-16, big-endian', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['UTF-16, big-endian, without a mark', (text) => Buffer.from(text, 'utf16le').swap16()],
];

const PACKINGS: ReadonlyArray<readonly [string, (bytes: Buffer) => Buffer]> = [
  ['not packed', (bytes) => bytes],
  ['gzip', (bytes) => gzipSync(bytes)],
  ['several gzip files in one', members],
  ['gzip in gzip', (bytes) => gzipSync(members(bytes))],
];

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
    fc.property(records, fc.constantFrom(...WRITERS), fc.integer({ min: 100, max: 1000 }), (all, { write, indented, name }, size) => {
      // Rows of CSV are read as a whole.
      fc.pre(!name.includes('CSV'));
      const expected = read((finder) => textsOf(all).forEach((characters) => finder.line({ characters, isUtf8: false })));
      const inParts = read((finder) => {
        for (const line of write(textsOf(all, indented)).split('\n')) {
          for (let at = 0; at < line.length; at += size) finder.part(line.slice(at, at + size));
          finder.endOfParts();
        }
      });
      expect(inParts).toEqual(expected);
    }),
    { numRuns: RUNS * 10 },
  );
});

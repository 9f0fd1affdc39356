import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { cases } from '../cases';
import { found } from './found-records';
import { ENCODINGS, PACKINGS, records, textsOf } from './random-files';
import type { Raw } from '../fixtures/invocation-records';
import { tarOf, zipOf } from './archives';
import { call, file, lines, replay } from './replaying';

/** Lines of Base64 are recognised at the beginning of a file only. */
const BINARY = PACKINGS.filter(([name]) => !name.includes('Base64'));

const part = fc.record({
  records,
  encoding: fc.constantFrom(...ENCODINGS),
  packing: fc.constantFrom(...BINARY),
  end: fc.constantFrom('\n', '\r\n', ''),
});

test('records in files that were joined are those of each file, whatever its encoding and packing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 2, maxLength: 4 }), fc.integer({ min: 1, max: 4000 }), async (parts, chunkSize) => {
      const files = parts.map(({ records: all, encoding: [, encode], packing: [, pack], end }) =>
        pack(encode(textsOf(all).join('\n') + end)),
      );
      const expected = await found(parts.flatMap(({ records: all }) => textsOf(all)).join('\n'));
      const { records: read, error } = await found(Buffer.concat(files), chunkSize);
      expect(read).toEqual(expected.records);
      expect(error).toBeUndefined();
    }),
    { numRuns: cases(30, 600) },
  );
});

describe('a part that is damaged costs no other', () => {
  const packed = (...numbers: number[]) => gzipSync(lines(...numbers.map((n) => call(n))));
  const damaged = (bytes: Buffer) => Buffer.concat([bytes.subarray(0, bytes.length - 12), Buffer.alloc(4, 0xff), bytes.subarray(-8)]);

  test.each([
    ['is cut off, before gzip', [packed(1, 2), packed(3, 4).subarray(0, -20), packed(5)]],
    ['is cut off, before text', [packed(1, 2), packed(3, 4).subarray(0, -20), Buffer.from(`\n${lines(call(5))}`)]],
    ['is damaged, before gzip', [packed(1, 2), damaged(packed(3, 4)), packed(5)]],
    [
      'is cut off, of text that is not packed, before gzip',
      [packed(1, 2), gzipSync(lines(call(3), call(4)), { level: 0 }).subarray(0, -20), packed(5)],
    ],
    ['is damaged, behind text', [Buffer.from(lines(call(1), call(2))), damaged(packed(3, 4)), packed(5)]],
  ])('it %s', async (_, parts) => {
    const { ids, error } = await found(Buffer.concat(parts));
    expect(ids.filter((id) => id !== undefined && id !== call(3).requestId)).toEqual([1, 2, 5].map((n) => call(n).requestId));
    expect(error).toMatch(/^the gzip data (?:is damaged|ends early) \(after line \d\)$/);
  });
});

test('a part that Node.js cannot unpack is named, and what is before it is read', async () => {
  const bzip2 = Buffer.concat([Buffer.from('BZh91AY&SY'), Buffer.from('1b5c9d0a00008c4000', 'hex')]);
  const { ids, error } = await found(
    Buffer.concat([gzipSync(lines(call(1))), Buffer.from(lines(call(2))), bzip2, Buffer.from(lines(call(3)))]),
  );
  expect(ids).toEqual([call(1).requestId, call(2).requestId]);
  expect(error).toMatch(/^bzip2 data cannot be read here: .* \(after line 2\)$/);
});

test('lines of Base64 end where they do', async () => {
  const [, base64] = PACKINGS.find(([name]) => name.includes('Base64'))!;
  expect((await found(Buffer.concat([base64(Buffer.from(lines(call(1)))), Buffer.from(`\n${lines(call(2))}`)]))).reasons).toEqual([
    'call',
    'call',
  ]);
});

test('archives end where they do: what follows is read, or said not to be', async () => {
  const [one, two] = [{ 'a.json': Buffer.from(lines(call(1))) }, { 'b.json': Buffer.from(lines(call(2))) }];
  const joined = await replay([file(Buffer.concat([tarOf(one), tarOf(two), Buffer.from(lines(call(3)))]), 'joined.tar')]);
  expect([joined.lines.length, joined.code]).toEqual([3, 0]);
  const behindZip = await replay([file(Buffer.concat([zipOf(one), Buffer.from(lines(call(2)))]), 'joined.zip')]);
  expect([behindZip.lines.length, behindZip.code]).toEqual([1, 3]);
  expect(behindZip.err).toContain('something follows it');
});

describe('what a caller wrote begins no part', () => {
  const claim = JSON.stringify(call(9, { requestId: 'claimed' }));
  const asText = (encoding: BufferEncoding) => Buffer.from(`  ${claim}`.padEnd(2 * Math.ceil(claim.length / 2) + 2)).toString(encoding);
  const texts = [
    asText('utf16le'),
    Buffer.from(asText('utf16le'), 'utf16le').swap16().toString('utf16le'),
    '\u8b1f\u0008',
    '(\u00b5/\u00fd',
    'BZh91AY&SY',
  ];

  test.each(ENCODINGS)('in %s', async (_, encode) => {
    for (const text of texts.flatMap((each) => [each, `}${each}`, `\n${each}`, `"}${each}`, `\\"]${each}`])) {
      const record = call(1, { input: { inputTokenCount: 1, inputBodyJson: { text } } });
      for (const write of [lines, (each: Raw) => `@message\r\n"${JSON.stringify(each).replaceAll('"', '""')}"\r\n`]) {
        const { ids, error } = await found(encode(write(record) + lines(call(2))));
        expect([ids, error]).toEqual([[call(1).requestId, call(2).requestId], undefined]);
      }
    }
  });
});

import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { converse, metadataOnly, numbered, type Raw } from '../fixtures/invocation-records';

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

export const records = fc.array(record, { minLength: 1, maxLength: 6 });

export const textsOf = (all: readonly Raw[], indented = false) =>
  all.map((each) => JSON.stringify(each, undefined, indented ? 2 : undefined));

function utf32(text: string): Buffer {
  const points = Array.from(text, (character) => character.codePointAt(0)!);
  const bytes = Buffer.alloc(4 * points.length);
  points.forEach((point, n) => bytes.writeUInt32BE(point, 4 * n));
  return bytes;
}

/** Half of the bytes each in a gzip file of their own. */
const members = (bytes: Buffer) => {
  const half = Math.floor(bytes.length / 2);
  return Buffer.concat([gzipSync(bytes.subarray(0, half)), gzipSync(bytes.subarray(half))]);
};

export const ENCODINGS: ReadonlyArray<readonly [string, (text: string) => Buffer]> = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['UTF-16, little-endian', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16, little-endian, without a mark', (text) => Buffer.from(text, 'utf16le')],
  ['UTF-16, big-endian', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['UTF-16, big-endian, without a mark', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['UTF-32, little-endian', (text) => utf32(`\uFEFF${text}`).swap32()],
  ['UTF-32, little-endian, without a mark', (text) => utf32(text).swap32()],
  ['UTF-32, big-endian', (text) => utf32(`\uFEFF${text}`)],
  ['UTF-32, big-endian, without a mark', utf32],
];

export const PACKINGS: ReadonlyArray<readonly [string, (bytes: Buffer) => Buffer]> = [
  ['not packed', (bytes) => bytes],
  ['gzip', (bytes) => gzipSync(bytes)],
  ['several gzip files in one', members],
  ['gzip in gzip', (bytes) => gzipSync(members(bytes))],
  ['zlib', (bytes) => deflateSync(bytes)],
  ['wrapped Base64 of gzip', (bytes) => Buffer.from(gzipSync(bytes).toString('base64').replace(/.{76}/g, '$&\r\n'))],
];

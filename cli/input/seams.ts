import { isAscii } from 'node:buffer';
import type { ByteReader } from './byte-reader';
import { PACKINGS } from './compression';

/** How far behind the beginning of a part one looks to be sure that it is one. */
const LOOK_AHEAD = 64;

/** By chance no packed data has so many characters of text. */
const TEXT_LENGTH = 32;

const ASCII = String.raw`[\t\n\r -~]`;

/** A blank, or the end of a value, is the last character of the text before, and big-endian text begins behind it. */
const FIRST = String.raw`[!-\\^-|~]`;

/** What follows the mark of a packing, and no text has: JSON writes control characters as escapes. */
const BINARY = String.raw`(?=[\s\S]{0,${LOOK_AHEAD - 16}}?[\0-\x08\x0e-\x1a\x1c-\x1f])`;

/** Packings that are found within text. What else begins like them in bytes that are damaged is no part. */
const ANYWHERE = ['gzip', 'zstd'];
const AFTER_VALUE = String.raw`(?<=[\n\r}\]])`;

/** The first characters of text in UTF-16 and UTF-32, with or without a byte order mark. Of zeros alone, as disks leave them, it is none. */
const WIDE_TEXT = [
  String.raw`(?:\xff\xfe\0\0${ASCII}|${FIRST})\0\0\0${ASCII}\0\0\0`,
  String.raw`(?:\0\0\xfe\xff)?(?:\0\0\0${ASCII}){2}`,
  String.raw`\xff\xfe${ASCII}\0`,
  String.raw`\xfe\xff\0${ASCII}`,
  String.raw`${FIRST}\0(?:${ASCII}\0){2}`,
  String.raw`(?:\0${ASCII}){3}`,
].join('|');

/** The beginning of a part that is packed, over characters of one byte. */
const packed = (before: string) =>
  PACKINGS.filter(({ at, name }) => at === undefined && name !== 'Base64')
    .map(({ name, magic }) => (ANYWHERE.includes(name) ? '' : before) + inCharacters(magic) + BINARY)
    .join('|');

/** Where text in UTF-8 ends. */
const SEAM = new RegExp(`${packed(AFTER_VALUE)}|${WIDE_TEXT}`);

/** What begins there, where text in UTF-16 may end. */
const PART = new RegExp(String.raw`^(?:${packed('')}|${WIDE_TEXT}|(?:\xef\xbb\xbf)?${ASCII}{${TEXT_LENGTH}})`);

/** What can follow damage: gzip, or a line of text. By chance neither is in packed data. */
const NEXT_PART = new RegExp(String.raw`\x1f\x8b\x08[\0-\x1f][\s\S]{4}[\0\x02\x04][\0-\x13\xff]|(?<=\n)${ASCII}{${TEXT_LENGTH}}`);

/** Marks of packings that may be short enough to have no zero, each with the byte of it that text has least: one byte is found faster. */
const SHORT_MARKS = (
  [
    ['1f8b08', 0x1f],
    ['28b52ffd', 0xfd],
    ['7801', 0x01],
    ['789c', 0x9c],
    ['78da', 0xda],
  ] as const
).map(([digits, rarest]) => ({ mark: Buffer.from(digits, 'hex'), rarest }));

/**
 * Skips what is damaged, up to the next part.
 *
 * @param recent what was unpacked before: gzip holds text that it cannot make shorter as it is
 */
export async function skipDamage(bytes: ByteReader, recent: readonly Buffer[]): Promise<void> {
  for (let chunk = await bytes.next(); chunk; chunk = await bytes.next()) {
    const ahead = await aheadOf(bytes);
    for (let at = placeIn(chunk, ahead, NEXT_PART); at >= 0; at = placeIn(chunk, ahead, NEXT_PART, at + 1)) {
      const end = chunk.indexOf('\n', at);
      const line = chunk.subarray(at, end < 0 ? undefined : end);
      if (recent.some((text) => text.includes(line))) continue;
      bytes.unread(chunk.subarray(at));
      return;
    }
  }
}

export const beginsPart = (bytes: Buffer): boolean => PART.test(bytes.toString('latin1', 0, LOOK_AHEAD));

/**
 * Where in a chunk text in UTF-8 ends, and another part begins; -1 if it does not. Most chunks are only searched for zeros.
 *
 * @param before the last byte in front of the chunk; empty where the text begins
 */
export function seamIn(before: Buffer, chunk: Buffer, ahead: Buffer): number {
  if (!mayHaveSeam(chunk) && !mayHaveSeam(ahead)) return -1;
  return placeIn(Buffer.concat([before, chunk]), ahead, SEAM, 1) - before.length;
}

/** The bytes behind a chunk. */
export const aheadOf = async (bytes: ByteReader): Promise<Buffer> => (await bytes.peek(LOOK_AHEAD)).subarray(0, LOOK_AHEAD);

const mayHaveSeam = (bytes: Buffer): boolean =>
  bytes.includes(0) || (!isAscii(bytes) && SHORT_MARKS.some(({ mark, rarest }) => bytes.includes(rarest) && bytes.includes(mark)));

function placeIn(chunk: Buffer, ahead: Buffer, pattern: RegExp, from = 0): number {
  const characters = chunk.toString('latin1') + ahead.toString('latin1');
  const all = new RegExp(pattern, 'g');
  all.lastIndex = from;
  const at = all.exec(characters)?.index ?? -1;
  return at < chunk.length ? at : -1;
}

/** A pattern of hexadecimal digits as one of characters. */
function inCharacters(digits: string): string {
  return digits.replace(/\.\{52\}|[\da-f]{2}/g, (found) => (found.startsWith('.') ? String.raw`[\s\S]{26}` : String.raw`\x${found}`));
}

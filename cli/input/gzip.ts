import * as zlib from 'node:zlib';
import type { ByteReader } from './byte-reader';
import { CHUNK, type Engine, unpackedBy } from './unpacked';

/** A header can have names in it. Longer ones are damage. */
const MAX_HEADER = 64 * 1024;
/** What members begin with, and the only method that there is. */
const MARK = Buffer.from('1f8b08', 'hex');
const HEADER = 10;
const TRAILER = 8;
const [EXTRA, NAME, COMMENT, HEADER_CHECK] = [4, 8, 16, 2];

/** Members of less text are unpacked in one go: an engine for each would take seven times as long (Node 20). */
const SMALL = 1024 * 1024;

/**
 * The text of gzip members that follow one another, up to what is not gzip any more: `createGunzip` fails there, and what it had
 * unpacked of its last bytes is lost. Source: RFC 1952.
 */
export async function* gunzipped(bytes: ByteReader): AsyncGenerator<Buffer> {
  do {
    await bytes.take(headerSize(await bytes.peek(MAX_HEADER)));
    const small = inflatedAtOnce(await bytes.peek(1));
    const packed = typeof small === 'object' ? await bytes.take(small.size) : Buffer.alloc(0);
    let [crc, size] = [0, 0];
    for await (const chunk of typeof small === 'object' ? [small.text] : inflated(bytes, small)) {
      crc = zlib.crc32(chunk, crc);
      size = (size + chunk.length) >>> 0;
      yield chunk;
    }
    const trailer = await bytes.take(TRAILER);
    const isWhole = trailer.length === TRAILER;
    if (!isWhole || size !== trailer.readUInt32LE(4) || crc !== trailer.readUInt32LE(0)) {
      bytes.unread(Buffer.concat([packed, trailer]));
      throw damage(isWhole ? 'Z_DATA_ERROR' : 'Z_BUF_ERROR');
    }
    await bytes.skipPadding();
  } while (isHeader(await bytes.peek(HEADER)));
}

const damage = (code: string): Error => Object.assign(new Error('incorrect data check'), { code });

/** Of what is damaged less is lost byte by byte. */
const inflated = (bytes: ByteReader, member: 'longer' | 'damaged'): AsyncIterable<Buffer> =>
  unpackedBy(zlib.createInflateRaw(CHUNK) as Engine, bytes, member === 'damaged' ? 1 : undefined);

/** The text of a member that ends within the bytes. */
function inflatedAtOnce(bytes: Buffer): { readonly text: Buffer; readonly size: number } | 'longer' | 'damaged' {
  try {
    const options = { ...CHUNK, info: true, finishFlush: zlib.constants.Z_SYNC_FLUSH, maxOutputLength: SMALL };
    // Its types lack the option `info`.
    const { buffer, engine } = zlib.inflateRawSync(bytes, options) as unknown as { buffer: Buffer; engine: Engine };
    return engine.bytesWritten < bytes.length ? { text: buffer, size: engine.bytesWritten } : 'longer';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'Z_DATA_ERROR' ? 'damaged' : 'longer';
  }
}

/** Whether a member begins there: no flag is greater. */
const isHeader = (bytes: Buffer): boolean => bytes.length >= HEADER && bytes.subarray(0, MARK.length).equals(MARK) && bytes[3]! < 32;

/** @throws if it is cut off or damaged */
function headerSize(bytes: Buffer): number {
  if (bytes.length < HEADER) throw damage('Z_BUF_ERROR');
  if (!isHeader(bytes)) throw damage('Z_DATA_ERROR');
  const flags = bytes[3]!;
  let at = HEADER;
  if (flags & EXTRA) at += 2 + (bytes.length < at + 2 ? 0 : bytes.readUInt16LE(at));
  for (const flag of [NAME, COMMENT]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) throw damage(bytes.length < MAX_HEADER ? 'Z_BUF_ERROR' : 'Z_DATA_ERROR');
    at = end + 1;
  }
  if (flags & HEADER_CHECK) at += 2;
  if (bytes.length < at) throw damage('Z_BUF_ERROR');
  return at;
}

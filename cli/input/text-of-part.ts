import type { ByteReader } from './byte-reader';
import { type Decoder, decoderOf } from './encoding';
import { aheadOf, seamIn } from './seams';

/** The text that begins there as bytes of UTF-8, up to the end of the file or the beginning of another part. */
export async function* textOf(bytes: ByteReader): AsyncGenerator<Buffer> {
  const decoder = decoderOf(await bytes.peek(4));
  yield* decoder ? recoded(bytes, decoder) : plain(bytes);
}

async function* plain(bytes: ByteReader): AsyncGenerator<Buffer> {
  let before: Buffer = Buffer.alloc(0);
  for (let chunk = await bytes.next(); chunk; chunk = await bytes.next()) {
    const seam = seamIn(before, chunk, await aheadOf(bytes));
    if (seam >= 0) {
      bytes.unread(chunk.subarray(seam));
      return void (yield chunk.subarray(0, seam));
    }
    yield chunk;
    before = chunk.subarray(-1);
  }
}

const HIGH_SURROGATE = /[\ud800-\udbff]$/;

async function* recoded(bytes: ByteReader, decoder: Decoder): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let half = '';
  for (let chunk = await bytes.next(); chunk; chunk = await bytes.next()) {
    const all = Buffer.concat([rest, chunk]);
    const whole = all.subarray(0, all.length - (all.length % decoder.width));
    rest = all.subarray(whole.length);
    const { text, end } = decoder.decode(whole, Buffer.concat([rest, await aheadOf(bytes)]));
    const characters = half + text;
    half = end === undefined ? (HIGH_SURROGATE.exec(characters)?.[0] ?? '') : '';
    yield Buffer.from(characters.slice(0, characters.length - half.length));
    if (end === undefined) continue;
    bytes.unread(all.subarray(end));
    return;
  }
  if (half !== '' || rest.length > 0) yield Buffer.from('\uFFFD');
}

import type { ByteReader } from './byte-reader';

const OTHER = /[^\w+/=\s-]/;

/** Decodes Base64 over many lines, up to what is none. */
export async function* base64Decoded(bytes: ByteReader): AsyncGenerator<Buffer> {
  let rest = '';
  for (let chunk = await bytes.next(); chunk; chunk = await bytes.next()) {
    const characters = chunk.toString('latin1');
    const end = characters.search(OTHER);
    if (end >= 0) bytes.unread(chunk.subarray(end));
    const text = rest + (end < 0 ? characters : characters.slice(0, end)).replace(/\s/g, '');
    const whole = text.length - (text.length % 4);
    rest = text.slice(whole);
    yield Buffer.from(text.slice(0, whole), 'base64');
    if (end >= 0) break;
  }
  yield Buffer.from(rest, 'base64');
}

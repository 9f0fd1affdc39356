import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import type { Peeked } from './peek';
import { Utf32Decoder } from './utf-32';

interface Decoder {
  decode(chunk?: Buffer, options?: { readonly stream: boolean }): string;
}

interface Encoding {
  readonly byteOrderMark: string;
  /** The first four bytes without a mark, as a regular expression over their hexadecimal digits: all forms begin in ASCII. */
  readonly beginning: RegExp;
  readonly decoder: () => Decoder;
}

const ASCII = '(?!00)[0-7][0-9a-f]';

/** Tried in this order: the mark of UTF-32 begins with that of UTF-16. */
const ENCODINGS: readonly Encoding[] = [
  { byteOrderMark: 'fffe0000', beginning: new RegExp(`^${ASCII}000000`), decoder: () => new Utf32Decoder(true) },
  { byteOrderMark: '0000feff', beginning: new RegExp(`^000000${ASCII}`), decoder: () => new Utf32Decoder(false) },
  { byteOrderMark: 'fffe', beginning: new RegExp(`^${ASCII}00`), decoder: () => new TextDecoder('utf-16le') },
  { byteOrderMark: 'feff', beginning: new RegExp(`^00${ASCII}`), decoder: () => new TextDecoder('utf-16be') },
];

/**
 * The text of a stream as bytes of UTF-8: it is UTF-8 or, as Windows PowerShell writes the output of commands, UTF-16 or UTF-32. A
 * byte order mark tells them apart or, without one, the zero bytes of the first character, which all forms of records have in ASCII.
 */
export function utf8Of({ head, whole }: Peeked): Readable {
  const digits = head.toString('hex', 0, 4);
  const encoding =
    ENCODINGS.find(({ byteOrderMark }) => digits.startsWith(byteOrderMark)) ?? ENCODINGS.find(({ beginning }) => beginning.test(digits));
  return encoding === undefined ? whole : Readable.from(recoded(whole, encoding.decoder()), { objectMode: false });
}

async function* recoded(stream: Readable, decoder: Decoder): AsyncGenerator<Buffer> {
  for await (const chunk of stream) yield Buffer.from(decoder.decode(chunk as Buffer, { stream: true }));
  yield Buffer.from(decoder.decode());
}

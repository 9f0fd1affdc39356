import { Utf16Decoder } from './utf-16';
import { Utf32Decoder } from './utf-32';

/** What is read of a text, and where it ends, if another part begins in these bytes. */
export interface Decoded {
  readonly text: string;
  readonly end?: number;
}

export interface Decoder {
  /** Bytes of a unit. */
  readonly width: number;
  /**
   * @param bytes whole units
   * @param ahead some that follow
   */
  decode(bytes: Buffer, ahead: Buffer): Decoded;
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
  { byteOrderMark: 'fffe', beginning: new RegExp(`^${ASCII}00`), decoder: () => new Utf16Decoder(true) },
  { byteOrderMark: 'feff', beginning: new RegExp(`^00${ASCII}`), decoder: () => new Utf16Decoder(false) },
];

/**
 * What decodes a text that is not in UTF-8: Windows PowerShell writes the output of commands in UTF-16 or UTF-32. A byte order
 * mark tells them apart or, without one, the zero bytes of the first character, which all forms of records have in ASCII.
 */
export function decoderOf(head: Buffer): Decoder | undefined {
  const digits = head.toString('hex', 0, 4);
  const encoding =
    ENCODINGS.find(({ byteOrderMark }) => digits.startsWith(byteOrderMark)) ?? ENCODINGS.find(({ beginning }) => beginning.test(digits));
  return encoding?.decoder();
}

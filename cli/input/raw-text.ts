/**
 * Text that may have to be decoded. In V8 a text that is not ASCII takes two bytes a character and twice the time to search, so
 * that files are read byte by byte and decoded as late as possible, most of them never: `replay` of 20 KB records took 0.9 s
 * instead of 1.5 s (Node 20).
 */
export interface RawText {
  readonly characters: string;
  /** Whether each character is a byte of UTF-8. False where the characters are those of the text. */
  readonly isUtf8: boolean;
}

export const decoded = ({ characters, isUtf8 }: RawText): string =>
  isUtf8 ? Buffer.from(characters, 'latin1').toString('utf8') : characters;

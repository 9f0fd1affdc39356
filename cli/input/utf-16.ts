import type { Decoded, Decoder } from './encoding';
import { beginsPart } from './seams';

/** What can be the first character of another part: one that is not ASCII, or zeros behind one that is. */
const CANDIDATE = /(?<=[\n\r}\]])(?:[!-~](?=\0)|[\0\x80-\uffff])/g;

/** What opens and closes texts of JSON. Quotes that are doubled, in CSV, are not followed: nothing is known up to the end of the line. */
const MARKS = /\{""(?!:)|["\\\n]/g;

/**
 * Decodes UTF-16 up to where another part begins. Its bytes can be those of any text, also of one that a caller wrote, so
 * that a part begins only behind a line or a value, and never within a text of JSON.
 */
export class Utf16Decoder implements Decoder {
  public readonly width = 2;
  private isInside = false;
  private isEscaped = false;
  private isUnknown = false;
  private before = '';

  constructor(private readonly isLittleEndian: boolean) {}

  public decode(bytes: Buffer, ahead: Buffer): Decoded {
    const text = (this.isLittleEndian ? bytes : Buffer.from(bytes).swap16()).toString('utf16le');
    const all = Buffer.concat([bytes, ahead]);
    const end = this.endOf(text, (at) => beginsPart(all.subarray(2 * at)));
    return end === undefined ? { text } : { text: text.slice(0, end), end: 2 * end };
  }

  private endOf(text: string, beginsAt: (at: number) => boolean): number | undefined {
    const before = this.before;
    let from = 0;
    for (const { index } of (before + text).matchAll(CANDIDATE)) {
      const at = index - before.length;
      this.follow(text.slice(from, at));
      from = at;
      if (!this.isInside && !this.isUnknown && beginsAt(at)) return at;
    }
    this.follow(text.slice(from));
    this.before = text.slice(-1) || before;
    return undefined;
  }

  private follow(text: string): void {
    const start = this.isEscaped && text !== '' ? 1 : 0;
    if (start > 0) this.isEscaped = false;
    MARKS.lastIndex = start;
    for (let found = MARKS.exec(text); found; found = MARKS.exec(text)) {
      const [mark] = found;
      if (mark === '\n') this.isInside = this.isUnknown = false;
      else if (mark === '"') this.isInside = !this.isInside;
      else if (mark !== '\\') this.isUnknown = true;
      else if (this.isInside && ++MARKS.lastIndex > text.length) this.isEscaped = true;
    }
  }
}

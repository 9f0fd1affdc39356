import { StringDecoder } from 'node:string_decoder';
import type { RawText } from './raw-text';

/** Lines of more bytes are passed on in parts. CloudWatch Logs takes events of 1 MB, so nearly all records are shorter. */
const MAX_WHOLE_LINE = 1024 * 1024;

export interface LineReader {
  line(text: RawText): void;
  /** A part of a line that is too long to be held. The last one is followed by `endOfParts`. */
  part(text: string): void;
  endOfParts(): void;
}

const NOTHING: RawText = { characters: '', isUtf8: false };

/** Splits text that arrives in chunks at its line feeds. Faster than node:readline, and bounded however long a line is. */
export class LineSplitter {
  /** The beginning of a line, or of its next part, whose end has not arrived yet. */
  private partial = NOTHING;
  /** Of the line that is passed on in parts, if there is one: a character can be in two parts. */
  private decoder?: StringDecoder;

  constructor(private readonly reader: LineReader) {}

  public push({ characters, isUtf8 }: RawText): void {
    const lines = characters.split('\n');
    const last = { characters: lines.pop() ?? '', isUtf8 };
    const [first] = lines;
    if (first === undefined) {
      this.partial = joined(this.partial, last);
    } else {
      this.endLine(joined(this.partial, { characters: first, isUtf8 }));
      for (let at = 1; at < lines.length; at += 1) this.reader.line({ characters: lines[at]!, isUtf8 });
      this.partial = last;
    }
    if (this.partial.characters.length > MAX_WHOLE_LINE) {
      this.passPart(this.partial, (this.decoder ??= new StringDecoder('utf8')));
      this.partial = NOTHING;
    }
  }

  /**
   * Ends the last line, which may have no line feed.
   *
   * @param isCutOff whether what there is of it is not a whole line, and left out
   */
  public end(isCutOff: boolean): void {
    if (isCutOff && this.decoder) this.reader.endOfParts();
    else if (!isCutOff && (this.partial.characters !== '' || this.decoder)) this.endLine(this.partial);
    this.decoder = undefined;
    this.partial = NOTHING;
  }

  private endLine(rest: RawText): void {
    if (!this.decoder) return this.reader.line(rest);
    this.passPart(rest, this.decoder);
    this.reader.endOfParts();
    this.decoder = undefined;
  }

  private passPart({ characters }: RawText, decoder: StringDecoder): void {
    this.reader.part(decoder.write(Buffer.from(characters, 'latin1')));
  }
}

const joined = (one: RawText, next: RawText): RawText => ({
  characters: one.characters + next.characters,
  isUtf8: one.isUtf8 || next.isUtf8,
});

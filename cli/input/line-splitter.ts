/** Lines of more characters are passed on in parts. CloudWatch Logs takes events of 1 MB, so nearly all records are shorter. */
const MAX_WHOLE_LINE = 1024 * 1024;

export interface LineReader {
  line(text: string): void;
  /** A part of a line that is too long to be held. The last one is followed by `endOfParts`. */
  part(text: string): void;
  endOfParts(): void;
}

/** Splits text that arrives in chunks at its line feeds. Faster than node:readline, and bounded however long a line is. */
export class LineSplitter {
  /** The beginning of a line, or of its next part, whose end has not arrived yet. */
  private partial = '';
  private inParts = false;

  constructor(private readonly reader: LineReader) {}

  public push(chunk: string): void {
    const lines = chunk.split('\n');
    const last = lines.pop() ?? '';
    const [first] = lines;
    if (first === undefined) {
      this.partial += last;
    } else {
      this.endLine(this.partial + first);
      for (let at = 1; at < lines.length; at += 1) this.reader.line(lines[at]!);
      this.partial = last;
    }
    if (this.partial.length > MAX_WHOLE_LINE) {
      this.reader.part(this.partial);
      this.partial = '';
      this.inParts = true;
    }
  }

  /** Ends the last line, which may have no line feed. */
  public end(): void {
    if (this.partial !== '' || this.inParts) this.endLine(this.partial);
    this.partial = '';
  }

  private endLine(rest: string): void {
    if (!this.inParts) return this.reader.line(rest);
    this.reader.part(rest);
    this.reader.endOfParts();
    this.inParts = false;
  }
}

/** CloudWatch Logs takes events of 1 MB and Bedrock delivers larger bodies elsewhere, so a line of more characters is no record. */
const MAX_LENGTH = 16 * 1024 * 1024;

export interface LineReader {
  line(text: string): void;
  /** Called instead of `line` for a line of more than 16 million characters. */
  tooLong(): void;
}

/** Splits text that arrives in chunks at its line feeds. Faster than node:readline, and bounded however long a line is. */
export class LineSplitter {
  /** The beginning of a line whose end has not arrived yet. */
  private partial = '';
  private dropping = false;

  constructor(private readonly reader: LineReader) {}

  public push(chunk: string): void {
    const lines = chunk.split('\n');
    const last = lines.pop() ?? '';
    const [first] = lines;
    if (first === undefined) {
      this.partial += last;
    } else {
      this.emit(this.partial + first);
      for (let at = 1; at < lines.length; at += 1) this.reader.line(lines[at]!);
      this.partial = last;
    }
    if (this.partial.length > MAX_LENGTH || this.dropping) {
      this.dropping = true;
      this.partial = '';
    }
  }

  /** Ends the last line, which may have no line feed. */
  public end(): void {
    if (this.partial !== '' || this.dropping) this.emit(this.partial);
    this.partial = '';
  }

  private emit(line: string): void {
    if (this.dropping) this.reader.tooLong();
    else this.reader.line(line);
    this.dropping = false;
  }
}

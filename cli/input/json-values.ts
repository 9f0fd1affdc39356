import { JsonScanner, type ScannerReader } from './json-scanner';
import { readLines } from './lines';
import type { LineReader } from './line-splitter';
import type { FoundValue, ValueKind } from './piece-scanner';
import { decoded, type RawText } from './raw-text';
import type { Source } from './source';

/** Lists that are read value by value, however long they are. Not `events`: a span has a member of that name. */
const LISTS: ReadonlySet<string> = new Set(['resourceSpans', 'resource_spans', 'logEvents', 'results']);

export interface ValueReader {
  /** Returns whether the value held anything to use. */
  value(value: unknown, text: string, line: number): boolean;
  /** JSON that is damaged or too long. */
  unreadable(line: number): void;
}

/**
 * Reads the JSON values of a source, on lines of their own or on many, packed or not.
 *
 * @throws if the source breaks off
 */
export async function readJsonValues(source: Source, reader: ValueReader): Promise<void> {
  const finder = new ValueFinder(reader);
  await readLines(await source.open(), finder);
  finder.end();
}

class ValueFinder implements LineReader, ScannerReader {
  private lineNumber = 0;
  private readonly scanner = new JsonScanner(this, (member) => LISTS.has(member));

  constructor(private readonly reader: ValueReader) {}

  public line(text: RawText): void {
    this.lineNumber += 1;
    this.scanner.push(decoded(text).replace(/^\uFEFF/, ''), this.lineNumber);
    this.scanner.endLine();
  }

  public part(text: string): void {
    this.scanner.push(text, this.lineNumber + 1);
  }

  public endOfParts(): void {
    this.lineNumber += 1;
    this.scanner.endLine();
  }

  public end(): void {
    if (!this.scanner.end()) this.reader.unreadable(this.lineNumber);
  }

  public value({ text, line }: FoundValue): ValueKind {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return 'noJson';
    }
    return this.reader.value(value, text, line) ? 'record' : 'foreign';
  }

  public damaged(line: number): void {
    this.reader.unreadable(line);
  }

  public tooLong(line: number): void {
    this.reader.unreadable(line);
  }

  /** Lines without JSON: runtimes write their own log to the same group. */
  public text(): void {}
}

import { type CsvReader, CsvRows, isCsvRow } from './csv-rows';
import { JsonScanner, type ScannerReader } from './json-scanner';
import { readLines } from './lines';
import type { LineReader } from './line-splitter';
import type { FoundValue, ValueKind } from './piece-scanner';
import { decoded, type RawText } from './raw-text';
import type { Source } from './source';

/** The first line of a table with a column for each member, as Logs Insights exports it. */
const COLUMNS_OF_SPANS = /(?:^|[,;\t|])"?(?:traceId|trace_id)"?(?:[,;\t|]|\s*$)/;

const BEGINS_JSON = /^\s*\[?\s*\{/;

/** Lists that are read value by value, however long they are. Not `events`: a span has a member of that name. */
const LISTS: ReadonlySet<string> = new Set(['resourceSpans', 'resource_spans', 'logEvents', 'results']);

export interface ValueReader {
  /** Returns whether the value held anything to use. */
  value(value: unknown, text: string, line: number): boolean;
  /** JSON that is damaged or too long. */
  unreadable(line: number): void;
}

/**
 * Reads the JSON values of a source, on lines of their own or on many, packed or not, or in cells of CSV.
 *
 * @throws if the source breaks off
 */
export async function readJsonValues(source: Source, reader: ValueReader): Promise<void> {
  const finder = new ValueFinder(reader);
  await readLines(source, finder);
  finder.end();
}

class ValueFinder implements LineReader, ScannerReader, CsvReader {
  private lineNumber = 0;
  private readonly scanner = new JsonScanner(this, (member) => LISTS.has(member));
  private readonly csv = new CsvRows(this);
  /** Whether each row of a table is a value. */
  private isTable = false;

  constructor(private readonly reader: ValueReader) {}

  public line(text: RawText): void {
    this.lineNumber += 1;
    const line = decoded(text).replace(/^\uFEFF/, '');
    if (this.isRow(line)) return this.csv.push(line, this.lineNumber);
    this.scanner.push(line, this.lineNumber);
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
    this.csv.end();
    if (!this.scanner.end()) this.reader.unreadable(this.lineNumber);
  }

  public value({ text, line }: Pick<FoundValue, 'text' | 'line'>): ValueKind {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return 'noJson';
    }
    return this.reader.value(value, text, line) ? 'record' : 'foreign';
  }

  /** A row is a value itself, or has JSON in a cell. */
  public row(cells: readonly string[], header: readonly string[], line: number): void {
    if (this.isTable) {
      const members = header.flatMap((name, at) => (cells[at] ? [[name, cells[at]] as const] : []));
      this.reader.value(Object.fromEntries(members), '', line);
      return;
    }
    for (const text of cells.filter((cell) => BEGINS_JSON.test(cell))) {
      if (this.value({ text, line }) === 'noJson') this.reader.unreadable(line);
    }
  }

  public noRow(_: string, line: number): void {
    this.reader.unreadable(line);
  }

  private isRow(line: string): boolean {
    if (!this.scanner.isIdle) return false;
    if (this.lineNumber === 1) this.isTable = COLUMNS_OF_SPANS.test(line);
    return this.csv.isInRow || isCsvRow(line) || (this.isTable && this.csv.accepts(line, this.lineNumber));
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

import { parse } from 'csv-parse/sync';
import { MAX_LENGTH } from './json-value';
import { isBesideRecords } from './beside-records';
import { isRecordColumn } from './record-forms';

export interface CsvReader {
  row(cells: readonly string[], header: readonly string[], line: number): void;
  /** A row that cannot be read, by its first line. */
  noRow(text: string, line: number): void;
}

/** A cell in quotes that holds JSON, whose own quotes are doubled. */
const JSON_CELL = /(?:^|[,;\t|])"\s*[[{]\s*(?:""|$)/;

/** JSON, or a text of JSON, that is not in a cell. */
const PLAIN_JSON = /\{\s*\\?"(?!")/;

/** A first line that only names columns. */
const HEADER = /^"?@?\w[\w.@ ()]*"?(?:[,;\t|]"?@?\w[\w.@ ()]*"?)+\s*$|^"[@\w.]+"\s*$/;

const BEGINS_JSON = /^\s*[[{]/;

const OPTIONS = { delimiter: [',', ';', '\t', '|'], relax_column_count: true };

/** Whether a line can be nothing but a row of CSV. */
export const isCsvRow = (line: string): boolean => JSON_CELL.test(line);

interface NumberedLine {
  readonly text: string;
  readonly number: number;
}

/** Reads CSV row by row. A row ends where its quotes are closed. A damaged row costs only itself. */
export class CsvRows {
  private header: readonly string[] = [];
  /** The line that can name the columns. */
  private headerAt = 1;
  /** Until it is known that rows follow. */
  private headerLine?: NumberedLine;
  /** The lines of a row whose quotes are not closed yet. */
  private row: NumberedLine[] = [];
  private quotes = 0;
  private length = 0;

  constructor(private readonly reader: CsvReader) {}

  /** Whether a line belongs to CSV: it goes on with a row, or can be a row or the names of columns. */
  public accepts(line: string, number: number): boolean {
    if (this.row.length > 0) return true;
    return this.header.length > 0 ? !BEGINS_JSON.test(line) : number === this.headerAt && isHeader(line);
  }

  /** A line that is none of CSV, and may be above the names of columns. */
  public skip(number: number): void {
    if (number === this.headerAt) this.headerAt += 1;
  }

  public get isInRow(): boolean {
    return this.row.length > 0;
  }

  public push(text: string, number: number): void {
    const line = { text: text.replace(/\r$/, ''), number };
    if (number === this.headerAt && isHeader(text)) {
      this.header = cellsOf(line.text) ?? [];
      this.headerLine = line;
      return;
    }
    this.row.push(line);
    this.quotes += quotesIn(line.text);
    this.length += line.text.length;
    if (this.quotes % 2 === 0 || this.length > MAX_LENGTH) this.endRow();
  }

  public end(): void {
    if (this.row.length > 0) this.endRow();
    if (this.headerLine && !this.header.some(isRecordColumn)) this.reader.noRow(this.headerLine.text, this.headerLine.number);
  }

  private endRow(): void {
    const { row } = this;
    this.row = [];
    this.quotes = 0;
    this.length = 0;
    if (this.read(row)) return;
    for (const lines of rowsIn(row)) {
      const [first] = lines;
      if (!this.read(lines) && !this.read([first])) this.reader.noRow(first.text, first.number);
    }
  }

  private read(lines: readonly NumberedLine[]): boolean {
    const text = lines.map((line) => line.text).join('\n');
    const cells = quotesIn(text) % 2 === 0 && !PLAIN_JSON.test(text) ? cellsOf(text) : undefined;
    if (cells) {
      this.headerLine = undefined;
      this.reader.row(cells, this.header, lines[0]!.number);
    }
    return cells !== undefined;
  }
}

const isHeader = (line: string): boolean =>
  !isBesideRecords(line) && (HEADER.test(line) || isRecordColumn(line.replaceAll('"', '').trim()));

/**
 * Where a row is damaged, its quotes can close in a later one, or in a line of another form. Each line with a cell of JSON then
 * begins a row of its own, and each line with JSON whose quotes are not doubled is one. A line that is indented further than the
 * first one is the inside of JSON, which a caller may have written.
 */
function rowsIn(lines: readonly NumberedLine[]): Array<[NumberedLine, ...NumberedLine[]]> {
  const rows: Array<[NumberedLine, ...NumberedLine[]]> = [];
  const indent = indentOf(lines[0]!.text);
  for (const line of lines) {
    const hasJson = indentOf(line.text) <= indent && (JSON_CELL.test(line.text) || PLAIN_JSON.test(line.text));
    if (rows.length === 0 || hasJson) rows.push([line]);
    else rows.at(-1)!.push(line);
  }
  return rows;
}

const indentOf = (text: string): number => text.search(/\S|$/);

function cellsOf(text: string): string[] | undefined {
  try {
    return (parse(text, OPTIONS) as string[][])[0];
  } catch {
    return undefined;
  }
}

function quotesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count += 1;
  return count;
}

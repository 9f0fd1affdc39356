import type { Call, UnusableRecord } from '../../engine/records/call';
import { withoutLongTexts } from '../../engine/records/long-texts';
import { parseRecord } from '../../engine/records/parse-record';
import { isBesideRecords } from './beside-records';
import { contentOf } from './csv-record';
import { type CsvReader, CsvRows, isCsvRow } from './csv-rows';
import { JsonScanner, type ScannerReader } from './json-scanner';
import { inJson, withoutControls } from './other-notations';
import type { LineReader } from './line-splitter';
import { type FoundValue, isInsideRecord, type ValueKind } from './piece-scanner';
import { decoded, type RawText } from './raw-text';
import { canBeRow, CONTROL_MESSAGE, isListMember, looksLikeRecord, recordsAround, type WrappedRecord } from './record-forms';
import { TOO_LONG, YAML_RECORDS } from './reasons';
import { isBase64, textOf } from './text-of-record';
import { timeIn } from './time';
import { isYamlRecord, YamlTexts } from './yaml-texts';

export interface RecordReader {
  /**
   * @param message returns the text of the record alone, without what was around it
   * @param line the number of its line, from 1
   */
  record(parsed: Call | UnusableRecord, message: () => string, line: number): void;
}

/** A record within a line of a file. */
interface Inside {
  readonly line: number;
  readonly received?: number;
  readonly depth: number;
}

export interface FinderOptions {
  readonly inside?: Inside;
  /** Whether long texts in bodies are kept, of which everything but the hash of a prompt needs nothing. */
  readonly longTexts?: boolean;
  /** Is shown each line, or part of one, that is no plain record, before anything of it is passed on. */
  readonly look?: (text: string) => void;
}

const OPENING_BRACE = 123;
const BYTE_ORDER_MARK = /^\uFEFF/;
const TIME_IN_FRONT = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)? /;

const DOUBLED_QUOTES = /\{\s*""/;
const COMMA_AT_END = /,\s*$/;

/** Wrappers within wrappers. Seven are known: a failed batch of a subscription that was read from its queue with the AWS CLI. */
const MAX_DEPTH = 10;

/**
 * Finds the records in lines of text, in every form of record-forms.ts. A line that is a record is parsed and passed on at once;
 * only the others are looked into.
 */
export class RecordFinder implements LineReader, ScannerReader, CsvReader {
  private lineNumber = 0;
  /** Whether something was around the last record: the next one is then unwrapped before it is parsed. */
  private wrapped = false;
  private hasCall = false;
  private readonly scanner = new JsonScanner(this, isListMember);
  private readonly csv = new CsvRows(this);
  private readonly yaml = new YamlTexts({
    scalar: (record, line) => this.unwrap({ record }, undefined, line),
    noScalar: (text, line) => this.scan(text, line),
  });
  private readonly inside?: Inside;

  constructor(
    private readonly reader: RecordReader,
    private readonly options: FinderOptions = {},
  ) {
    this.inside = options.inside;
  }

  /** The number of lines so far. */
  public get lines(): number {
    return this.lineNumber;
  }

  public line(text: RawText): void {
    this.lineNumber += 1;
    const { characters } = text;
    const isPlain = characters.charCodeAt(0) === OPENING_BRACE && !this.wrapped && this.scanner.isIdle;
    // The comparison of lengths saves a copy of nearly every line.
    if ((isPlain && this.plainCall(text)) || (characters.length <= 2 && characters.trim() === '')) return;
    this.lookInto(decoded(text).replace(BYTE_ORDER_MARK, ''));
  }

  public part(text: string): void {
    this.options.look?.(text);
    this.scanner.push(withoutControls(text), this.lineNumber + 1);
  }

  public endOfParts(): void {
    this.lineNumber += 1;
    this.scanner.endLine();
  }

  /** Returns false if a list is not complete. */
  public end(): boolean {
    this.yaml.end();
    this.csv.end();
    return this.scanner.end();
  }

  public value({ text, line, before, isLeft }: FoundValue): ValueKind {
    const received = timeIn(before);
    const parsed = this.wrapped ? undefined : this.parse(text, received);
    if (parsed?.kind === 'call' && !canBeRow(parsed, text)) {
      this.pass(parsed, text, line);
      return 'record';
    }
    const value = jsonOf(text);
    if (value === undefined) return 'noJson';
    const records = recordsAround(value);
    this.wrapped = records !== undefined;
    if (!records) {
      const isRecord = looksLikeRecord(value);
      if (isRecord || !isLeft) this.pass(parsed ?? this.parse(text, received), text, line);
      return isRecord ? 'record' : 'foreign';
    }
    records.forEach((record) => this.unwrap(record, received, line));
    return 'record';
  }

  public damaged(line: number): void {
    this.pass({ kind: 'malformed', reason: 'not JSON', time: this.inside?.received }, '', line);
  }

  public tooLong(line: number): void {
    this.pass({ kind: 'malformed', reason: TOO_LONG }, '', line);
  }

  public text(text: string, line: number): void {
    const words = text.trim().split(/\s+/);
    if (words.every(isBase64)) return words.forEach((record) => this.unwrap({ record }, undefined, line));
    const column = text.split('\t').find(isBase64);
    if (column !== undefined) return this.unwrap({ record: column }, timeIn(text), line);
    const parsed = this.parse(text.replace(TIME_IN_FRONT, ''), timeIn(text));
    if (parsed.kind === 'ignored' || !isBesideRecords(text)) this.pass(parsed, text, line);
  }

  public row(cells: readonly string[], header: readonly string[], line: number): void {
    const { wrapped, reason, received } = contentOf(cells, header);
    if (wrapped) this.unwrap(wrapped, undefined, line);
    else this.pass({ kind: 'malformed', reason, time: received }, '', line);
  }

  public noRow(text: string, line: number): void {
    if (DOUBLED_QUOTES.test(text)) return this.damaged(line);
    this.scan(text, line);
  }

  private lookInto(line: string): void {
    this.options.look?.(line);
    if (this.yaml.isOpen && this.yaml.accepts(line, this.lineNumber)) return;
    if (!this.isCall(line)) this.lookIntoText(withoutControls(line));
  }

  private lookIntoText(line: string): void {
    if (this.scanner.isIdle && !this.csv.isInRow && this.isBetweenRecords(line)) return;
    const isRow = isCsvRow(line);
    if (isRow) this.scanner.giveUpOpen(this.lineNumber);
    if (isRow || (this.scanner.isIdle && this.csv.accepts(line, this.lineNumber))) return this.csv.push(line, this.lineNumber);
    const json = inJson(line);
    if (json !== line) this.options.look?.(json);
    this.scan(json, this.lineNumber);
  }

  /** Whether a line begins, or belongs to, what is neither JSON nor CSV. */
  private isBetweenRecords(line: string): boolean {
    if (this.yaml.accepts(line, this.lineNumber)) return true;
    if (!this.hasCall && isYamlRecord(line)) throw new Error(YAML_RECORDS);
    if (!isBesideRecords(line)) return false;
    this.csv.skip(this.lineNumber);
    return true;
  }

  private scan(text: string, line: number): void {
    this.scanner.push(text, line);
    this.scanner.endLine();
  }

  /** As `call`, of a line that is decoded without its long texts. */
  private plainCall(text: RawText): boolean {
    const short = decoded({ ...text, characters: this.shortened(text.characters) });
    const parsed = parseRecord(short, this.inside?.received);
    if (parsed.kind !== 'call' || canBeRow(parsed, short)) return false;
    this.hasCall = true;
    this.reader.record(parsed, () => decoded(text), this.inside?.line ?? this.lineNumber);
    return true;
  }

  /** Whether a line is the record of a call, and no more has to be known of the lines before it. */
  private isCall(line: string): boolean {
    if (this.scanner.isBetweenValues) return !this.wrapped && this.call(line.replace(COMMA_AT_END, ''));
    if (!this.scanner.isIdle) return false;
    if (this.csv.isInRow) return this.call(line) || this.callBehindText(line);
    return !this.wrapped && this.callBehindText(line);
  }

  /** Passes a text on if it is the record of a call. */
  private call(text: string, received?: number): boolean {
    const parsed = this.parse(text, received);
    if (parsed.kind !== 'call' || canBeRow(parsed, text)) return false;
    this.pass(parsed, text, this.lineNumber);
    return true;
  }

  /** The same behind other text, such as the time in front of each line of an export. */
  private callBehindText(line: string): boolean {
    const at = line.indexOf('{"');
    return at > 0 && !isInsideRecord(line.slice(0, at)) && this.call(line.slice(at), timeIn(line.slice(0, at)));
  }

  private unwrap({ record, received }: WrappedRecord, outer: number | undefined, line: number): void {
    const text = textOf(record);
    if (text === undefined) return this.damaged(line);
    if (text.startsWith(CONTROL_MESSAGE)) return;
    this.options.look?.(text);
    const inside = { line, received: received ?? outer ?? this.inside?.received, depth: (this.inside?.depth ?? 0) + 1 };
    const parsed = this.parse(text, inside.received);
    const isWhole = parsed.kind === 'call' ? !canBeRow(parsed, text) : parsed.kind === 'ignored';
    if (isWhole || inside.depth > MAX_DEPTH) return this.pass(parsed, text, line);
    const finder = new RecordFinder(this.reader, { ...this.options, inside });
    text.split('\n').forEach((each) => finder.line({ characters: each, isUtf8: false }));
    if (!finder.end()) this.damaged(line);
  }

  private parse(text: string, received: number | undefined): Call | UnusableRecord {
    return parseRecord(this.shortened(text), received ?? this.inside?.received);
  }

  private shortened(text: string): string {
    return this.options.longTexts ? text : withoutLongTexts(text);
  }

  private pass(parsed: Call | UnusableRecord, message: string, line: number): void {
    this.hasCall ||= parsed.kind === 'call';
    this.reader.record(parsed, () => message, this.inside?.line ?? line);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { NO_RECORD_COLUMN, TOO_LONG } from './reasons';
import type { Call, UnusableRecord } from '../../engine/records/call';
import type { RecordReader } from './record-finder';

/** Thrown for a source in which nothing is, or was, a record. */
export class NoLog extends Error {
  constructor() {
    super('it is not a log');
  }
}

/** Names of members of records, also in texts of JSON within JSON. */
const MARK = /\\*"(?:schemaType|modelId)\\*"+\s*:/;

/** Why something cannot be read that is of a log, although no member of a record is named. */
const OF_LOGS: ReadonlySet<string> = new Set([TOO_LONG, NO_RECORD_COLUMN, 'permissionCheck', 'meterOutput']);

/** Of a source that may be no log, so many are kept with their places. The others are counted. */
const MAX_KEPT = 100;

interface Held {
  readonly parsed: UnusableRecord;
  readonly message: () => string;
  readonly line: number;
}

/**
 * Holds back what is not of a record until it is known that the source is a log: a page of text, or the JSON of something else,
 * in a folder of logs is no thousand damaged records.
 */
export class LogDetector implements RecordReader {
  private isLog = false;
  private readonly kept: Held[] = [];
  private readonly counted = new Map<string, { readonly held: Held; count: number }>();

  constructor(private readonly reader: RecordReader) {}

  public record(parsed: Call | UnusableRecord, message: () => string, line: number): void {
    if (!this.isLog && parsed.kind !== 'call' && !OF_LOGS.has(parsed.reason)) return this.hold({ parsed, message, line });
    this.found();
    this.reader.record(parsed, message, line);
  }

  /** Looks at a line that is no plain record. */
  public look(line: string): void {
    if (!this.isLog && MARK.test(line)) this.found();
  }

  /** @throws NoLog if all that there was is of no record */
  public end(): void {
    if (!this.isLog && this.kept.length > 0) throw new NoLog();
  }

  /** Passes on what was held back. */
  private found(): void {
    if (this.isLog) return;
    this.isLog = true;
    for (const { parsed, message, line } of this.kept) this.reader.record(parsed, message, line);
    for (const { held, count } of this.counted.values()) {
      for (let n = 0; n < count; n += 1) this.reader.record(held.parsed, held.message, held.line);
    }
  }

  private hold(held: Held): void {
    if (this.kept.length < MAX_KEPT) {
      this.kept.push(held);
      return;
    }
    const key = `${held.parsed.kind} ${held.parsed.reason}`;
    const counted = this.counted.get(key) ?? { held: { ...held, message: () => '' }, count: 0 };
    counted.count += 1;
    this.counted.set(key, counted);
  }
}

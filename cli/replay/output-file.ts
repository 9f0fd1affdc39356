import { closeSync, openSync, writeSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { Failure } from '../failure';
import type { ReplayedRecord } from './replayed-record';

const PIECE = 256 * 1024;

/** A file with one line for each record. Written at once, in large pieces, so that reading never has to wait for it. */
export class OutputFile {
  /** One JSON object a line. */
  public static json(path: string): OutputFile {
    return new OutputFile('--json', path, '', JSON.stringify);
  }

  /** The same as a table. What could be taken for a formula by a spreadsheet is quoted. */
  public static csv(path: string): OutputFile {
    return new OutputFile('--csv', path, CSV_COLUMNS.map(([name]) => name).join(','), csvLine);
  }

  private readonly descriptor: number;
  private text: string;

  private constructor(
    private readonly option: string,
    private readonly path: string,
    head: string,
    private readonly line: (outcome: ReplayedRecord) => string,
  ) {
    this.text = head === '' ? '' : `${head}\n`;
    this.descriptor = this.attempt(() => openSync(path, 'w'));
  }

  public write(outcome: ReplayedRecord): void {
    this.text += `${this.line(outcome)}\n`;
    if (this.text.length > PIECE) this.flush();
  }

  public close(): void {
    this.flush();
    this.attempt(() => closeSync(this.descriptor));
  }

  private flush(): void {
    const bytes = Buffer.from(this.text);
    this.text = '';
    for (let at = 0; at < bytes.length;) at += this.attempt(() => writeSync(this.descriptor, bytes, at));
  }

  private attempt<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw new Failure(`'${this.option}' cannot be written to '${this.path}': ${(error as Error).message}`);
    }
  }
}

const CSV_COLUMNS: ReadonlyArray<readonly [string, (outcome: ReplayedRecord) => string | number | undefined]> = [
  ['requestId', (outcome) => outcome.requestId],
  ['timestamp', (outcome) => outcome.timestamp],
  ['status', (outcome) => outcome.status],
  ['reason', (outcome) => outcome.reason],
  ['modelId', (outcome) => outcome.modelId],
  ['model', (outcome) => outcome.model],
  ['caller', (outcome) => outcome.caller],
  ...['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'cacheWrite', 'output'].map(
    (kind) => [kind, (outcome: ReplayedRecord) => outcome.tokens?.[kind]] as const,
  ),
  ['units', ({ units }) => units && pairs(units)],
  ['costUsd', (outcome) => outcome.costUsd],
  ['costLowUsd', (outcome) => outcome.costLowUsd],
  ['costHighUsd', (outcome) => outcome.costHighUsd],
  ['row', ({ price }) => price?.row],
  ['source', ({ price }) => price?.source],
  ['grade', ({ price }) => price?.grade],
  ['asOf', ({ price }) => price?.asOf],
  ['flags', ({ price }) => price?.flags.join(' ')],
];

const csvLine = (outcome: ReplayedRecord): string =>
  stringify([CSV_COLUMNS.map(([, read]) => read(outcome))], { eof: false, escape_formulas: true });

const pairs = (units: Readonly<Record<string, number>>): string =>
  Object.entries(units)
    .map(([kind, count]) => `${kind}=${count}`)
    .join(' ');

import { TOKEN_BUCKETS } from '../../engine/pricing/token-buckets';
import { Failure } from '../failure';
import { reasonNotWritten } from '../input/input-error';
import { csvOf } from '../tables/csv';
import { printableLines } from '../terminal';
import type { OutputRecord } from './output-record';
import { ReplacedFile } from './replaced-file';

/** Written in pieces of this many characters: a system call for each record would take longer than pricing it. */
const PIECE = 256 * 1024;

/** A file, or `-` for stdout, with one line for each record. */
export class OutputFile {
  /** One JSON object a line. */
  public static json(path: string): OutputFile {
    return new OutputFile('--json', path, '', (record) => printableLines(JSON.stringify(record)));
  }

  /** The same members as columns. */
  public static csv(path: string): OutputFile {
    return new OutputFile('--csv', path, CSV_COLUMNS.map(([name]) => name).join(','), csvLine);
  }

  /** Absent for stdout. */
  private readonly file?: ReplacedFile;
  private text: string;

  private constructor(
    private readonly option: string,
    private readonly path: string,
    head: string,
    private readonly lineOf: (record: OutputRecord) => string,
  ) {
    this.text = head === '' ? '' : `${head}\n`;
    if (path === '') throw new Failure(`'${option}' names no file: is a variable of the shell empty?`);
    this.file = path === '-' ? undefined : this.attempt(() => new ReplacedFile(path));
  }

  public write(record: OutputRecord): void {
    this.text += `${this.lineOf(record)}\n`;
    if (this.text.length > PIECE) this.flush();
  }

  /** The paths that are not read as input. */
  public get ownPaths(): readonly string[] {
    return this.file ? [this.path, this.file.temporaryPath] : [];
  }

  public close(): void {
    this.flush();
    this.attempt(() => this.file?.close());
  }

  /** Leaves what was there before. */
  public discard(): void {
    this.file?.discard();
  }

  private flush(): void {
    const { text } = this;
    this.text = '';
    if (this.file) this.attempt(() => this.file?.write(text));
    else process.stdout.write(text);
  }

  private attempt<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw new Failure(`'${this.option}' cannot be written to '${this.path}': ${reasonNotWritten(error as Error)}`);
    }
  }
}

type Column = readonly [name: string, read: (record: OutputRecord) => string | number | undefined];

const CSV_COLUMNS: readonly Column[] = [
  ['requestId', ({ requestId }) => requestId],
  ['timestamp', ({ timestamp }) => timestamp],
  ['status', ({ status }) => status],
  ['reason', ({ reason }) => reason],
  ['modelId', ({ modelId }) => modelId],
  ['model', ({ model }) => model],
  ['caller', ({ caller }) => caller],
  ...TOKEN_BUCKETS.map((bucket): Column => [bucket, ({ tokens }) => tokens?.[bucket]]),
  ['units', ({ units }) => units && pairsOf(units)],
  ['costUsd', ({ costUsd }) => costUsd],
  ['costLowUsd', ({ costLowUsd }) => costLowUsd],
  ['costHighUsd', ({ costHighUsd }) => costHighUsd],
  ['row', ({ price }) => price?.row],
  ['source', ({ price }) => price?.source],
  ['grade', ({ price }) => price?.grade],
  ['asOf', ({ price }) => price?.asOf],
  ['flags', ({ price }) => price?.flags.join(' ')],
  ['role', ({ role }) => role],
  ['profile', ({ profile }) => profile],
  ['account', ({ account }) => account],
  ['region', ({ region }) => region],
  ['metadata', ({ metadata }) => metadata && JSON.stringify(metadata)],
];

const csvLine = (record: OutputRecord): string => csvOf([CSV_COLUMNS.map(([, read]) => read(record))]);

const pairsOf = (units: Readonly<Record<string, number>>): string =>
  Object.entries(units)
    .map(([kind, count]) => `${kind}=${count}`)
    .join(' ');

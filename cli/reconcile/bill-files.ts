import { Readable } from 'node:stream';
import { basename, dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse';
import type { BillLine } from '../../engine/bill/bill-line';
import type { BilledModels } from '../../engine/bill/billed-models';
import { isCostExplorer, readCostExplorer } from '../../engine/bill/cost-explorer';
import { curColumn, isCur, readCurRow, type Row } from '../../engine/bill/cur-row';
import { isFocus, readFocusRow } from '../../engine/bill/focus-row';
import type { Statement } from '../../engine/bill/statements';
import { isObject } from '../../engine/records/json';
import { countOf } from '../terminal';
import { notice, noticeStream } from '../notices';
import { Progress } from '../progress';
import { ByteReader } from '../input/byte-reader';
import { reasonOf } from '../input/input-error';
import type { Source } from '../input/source';
import { sourcesOf } from '../input/sources';
import { wholeParquet } from './whole-parquet';

/** What was read of a bill. */
export interface BillFiles {
  readonly statements: readonly Statement[];
  readonly rows: number;
  readonly otherServices: number;
  /** False if a file, a row or a part of a delivery could not be read. Each is named on stderr. */
  readonly isComplete: boolean;
}

/** Reads exports of the bill: CSV and Parquet of CUR 2.0, of legacy reports and of FOCUS, and JSON of Cost Explorer, packed or not. */
export async function readBillFiles(paths: readonly string[], models: BilledModels): Promise<BillFiles> {
  const reader = new BillReader(models);
  const sources = sourcesOf(paths, {
    visited: new Set(),
    onSkipped: () => undefined,
    onUnreadable: (name, error) => reader.fail(name, reasonOf(error)),
    kept: PARQUET,
  });
  for await (const source of sources) {
    await reader.read(source).catch((error: Error) => reader.fail(source.name, reasonOf(error)));
  }
  return reader.result;
}

/** A file of several of one delivery: `costs-00001.csv.gz`. */
const PART = /-\d{5}(?=\.)/;

class BillReader {
  private readonly statements = new Map<string, { form: string; isMonthly: boolean; lines: BillLine[] }>();
  private readonly progress = new Progress(noticeStream());
  private readonly readNames = new Set<string>();
  /** Files that manifests name, by the folder of the delivery. */
  private readonly named = new Set<string>();
  private rows = 0;
  private otherServices = 0;
  private isComplete = true;

  constructor(private readonly models: BilledModels) {}

  public fail(name: string, reason: string): void {
    this.isComplete = false;
    this.progress.erase();
    notice(`${name}: ${reason}`);
  }

  public async read(source: Source): Promise<void> {
    const { name } = source;
    const bytes = new ByteReader(bytesOf(source));
    const head = await bytes.peek(PARQUET_MAGIC.length);
    const whole = Readable.from(bytes, { objectMode: false });
    this.readNames.add(basename(name));
    if (head.toString().startsWith(PARQUET_MAGIC)) await this.readParquet(name, whole);
    else if (/^[{[]/.test(head.toString())) this.readJson(name, JSON.parse(await text(whole)));
    else await this.readCsv(name, whole);
  }

  public get result(): BillFiles {
    this.progress.erase();
    const missing = [...this.named].filter((file) => !this.readNames.has(file));
    if (missing.length > 0) {
      this.fail(missing[0]!, `a manifest names it, and it was not read${missing.length > 1 ? ` (and ${missing.length - 1} more)` : ''}`);
    }
    const statements = [...this.statements].map(([name, statement]) => ({ name, ...statement }));
    return { statements, rows: this.rows, otherServices: this.otherServices, isComplete: this.isComplete };
  }

  private readJson(name: string, document: unknown): void {
    const documents: readonly unknown[] = Array.isArray(document) ? document : [document];
    for (const each of documents) {
      const files = filesInManifest(each);
      if (files) files.forEach((file) => this.named.add(basename(file)));
      else if (isCostExplorer(each)) this.addCostExplorer(name, each);
      else this.fail(name, 'neither a response of Cost Explorer nor a manifest of an export');
    }
  }

  private addCostExplorer(name: string, document: Parameters<typeof readCostExplorer>[0]): void {
    const { lines, problems, notReady, groupedBy } = readCostExplorer(document, this.models);
    if (notReady !== undefined) this.fail(name, `${notReady}: nothing is known of these days, and not zero`);
    problems.forEach((problem) => this.fail(name, problem));
    this.rows += lines.length;
    this.statement(name, `Cost Explorer by ${groupedBy.join(' and ')}`, false).push(...lines);
  }

  private async readParquet(name: string, stream: Readable): Promise<void> {
    const { openParquet } = await import('./parquet-rows.lazy.js');
    const parquet = openParquet(await wholeParquet(stream));
    const form = formOf(parquet.columns);
    await this.readRows(name, () => form, parquet.rows(parquet.columns.filter(isRead)));
  }

  private async readCsv(name: string, stream: Readable): Promise<void> {
    let form: BillForm = 'CUR';
    const rows = stream.pipe(
      parse({
        bom: true,
        relax_column_count: true,
        columns: (header: string[]) => {
          const columns = isFocus(header) ? header : header.map(curColumn);
          form = formOf(columns);
          return columns;
        },
      }),
    );
    await this.readRows(name, () => form, rows as AsyncIterable<Row>);
  }

  /** @param formOfRows known from the header, which is read with the first row */
  private async readRows(name: string, formOfRows: () => BillForm, rows: AsyncIterable<Row>): Promise<void> {
    const delivery = `${dirname(name)}/${basename(name).replace(PART, '')}`;
    const ids = new Set<string>();
    let line = 1;
    for await (const row of rows) {
      line += 1;
      this.progress.show(() => `${countOf(this.rows, 'row')} of the bill: ${name}`);
      const id = row.identity_line_item_id;
      if (id && ids.size < MAX_IDS && ids.size === ids.add(`${id} ${row.identity_time_interval}`).size) continue;
      const read = formOfRows() === 'FOCUS' ? readFocusRow(row, this.models) : readCurRow(row, this.models);
      this.rows += 1;
      if (read === undefined) this.otherServices += 1;
      else if (typeof read === 'string') this.fail(`${name}:${line}`, read);
      else this.statement(delivery, formOfRows(), true).push(read);
    }
    // A file without rows of Bedrock is read all the same.
    this.statement(delivery, formOfRows(), true);
  }

  private statement(name: string, form: string, isMonthly: boolean): BillLine[] {
    let statement = this.statements.get(name);
    if (!statement) this.statements.set(name, (statement = { form, isMonthly, lines: [] }));
    return statement.lines;
  }
}

const PARQUET = 'Parquet';
const PARQUET_MAGIC = 'PAR1';

type BillForm = 'FOCUS' | 'CUR';

function formOf(columns: readonly string[]): BillForm {
  if (isFocus(columns)) return 'FOCUS';
  if (isCur(columns)) return 'CUR';
  throw new Error('its columns are neither those of a Cost and Usage Report nor those of FOCUS');
}

/** Tags and the like are most of a row, and not read. */
const isRead = (column: string): boolean =>
  !/^(resource_tags|tags|cost_?categor|split_line_item_|reservation_|savings_plan_)/i.test(column);

/** Ids of one file that are compared, to leave out a row that is in it twice. */
const MAX_IDS = 1_000_000;

async function* bytesOf(source: Source): AsyncGenerator<Buffer> {
  for await (const { bytes } of source.parts()) yield* bytes;
}

/** The data files that the manifest of an export names: those of Data Exports, or of a legacy report. */
function filesInManifest(document: unknown): readonly string[] | undefined {
  if (!isObject(document)) return undefined;
  const files = document.dataFiles ?? document.reportKeys;
  return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : undefined;
}

/** What was read, in words. */
export const readWords = ({ statements, rows, otherServices }: BillFiles): string =>
  `${countOf(rows, 'row')} of ${countOf(statements.length, 'statement')}${otherServices > 0 ? `, ${otherServices} of other services` : ''}`;

import type { BillLine } from '../../engine/bill/bill-line';
import type { BilledModels } from '../../engine/bill/billed-models';
import { curQuery, curRowOf } from '../../engine/bill/cur-query';
import { readCurRow } from '../../engine/bill/cur-row';
import { combine, type Statement } from '../../engine/bill/statements';
import { queryAthena } from '../shared/athena';
import type { Bill, BillReader } from './bill';
import type { BillConfig, DataExport } from './config';
import { requireDelivered } from './delivered-files';

const DEADLINE_MS = 240_000;

/** Source: Amazon Athena pricing page, us-east-1. */
const USD_PER_BYTE = 5 / 1024 ** 4;
const LEAST_BYTES = 10 * 1024 ** 2;

/** Asks Athena for the bill of Amazon Bedrock in an export of CUR 2.0. */
export class DataExportBill implements BillReader {
  constructor(
    private readonly dataExport: DataExport,
    private readonly config: BillConfig,
    private readonly models: BilledModels,
  ) {}

  /**
   * Reads the lines of some days. Of a month that was delivered several times the last delivery counts.
   *
   * @throws if the query fails or a row cannot be read: a bill that lacks something would look too low
   */
  public async read(from: string, until: string): Promise<Bill> {
    const { table, workGroup, database } = this.dataExport;
    await requireDelivered(this.dataExport, [from, until]);
    const { rows, scannedBytes } = await queryAthena({ workGroup, database, sql: curQuery({ table, from, until }) }, DEADLINE_MS);
    const cost = { requests: 1, requestUsd: Math.max(scannedBytes, LEAST_BYTES) * USD_PER_BYTE };
    const deliveries = new Map<string, BillLine[]>();
    for (const row of rows) {
      const line = readCurRow(curRowOf(row), this.models);
      if (typeof line === 'string') throw new Error(`a row of the export cannot be read: ${line}`);
      if (line === undefined || !this.isMetered(line)) continue;
      const name = `${row.billing_period} ${row.delivery ?? ''}`.trim();
      deliveries.set(name, [...(deliveries.get(name) ?? []), line]);
    }
    if (deliveries.size === 0) {
      return { lines: [], notReady: `the export has no line of Amazon Bedrock from ${from} on`, ...cost };
    }
    // Folders of deliveries are named by their time.
    const names = [...deliveries.keys()].sort();
    const statements = names.map((name): Statement => ({ name, form: 'CUR', isMonthly: true, lines: deliveries.get(name)! }));
    return { ...combine(statements), ...cost };
  }

  /** A usage type without a Region can be of any. */
  private isMetered({ account, region }: BillLine): boolean {
    const { accounts, regions } = this.config;
    return (
      (accounts.length === 0 || account === undefined || accounts.includes(account)) &&
      (region === undefined || regions.length === 0 || regions.includes(region))
    );
  }
}

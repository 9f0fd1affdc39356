import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { sidesOfAccounts } from '../../engine/bill/accounts';
import { BilledModels } from '../../engine/bill/billed-models';
import { reconcile } from '../../engine/bill/reconcile';
import { Catalogue } from '../../engine/pricing/catalogue';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { AwsSources } from '../shared/aws-sources';
import { requiredLedgerReader } from '../shared/ledger-reader';
import type { BillReader } from './bill';
import { metricLines, reportLine } from './bill-report';
import { readBillConfig } from './config';
import { CostExplorerBill } from './cost-explorer-bill';
import { DataExportBill } from './data-export-bill';
import { settledDays, wholeFrom } from './days';
import { ledgerUsage } from './ledger-usage';

const config = readBillConfig(process.env);
const ledger = requiredLedgerReader(new AwsSources(), config);
const costExplorer = new CostExplorerClient({ region: config.costExplorerRegion });

function newReader(models: BilledModels): BillReader {
  const { dataExport } = config;
  return dataExport ? new DataExportBill(dataExport, config, models) : new CostExplorerBill(costExplorer, config, models);
}

/**
 * Compares the last settled week of the ledger with the bill. A failure, and a bill that is not there yet, publish nothing: the drift
 * is then unknown, and not zero.
 */
export async function handler(): Promise<void> {
  const now = Date.now();
  const { from, until, days, today } = settledDays(now);
  const catalogue = Catalogue.builtIn();
  const bill = await newReader(new BilledModels(catalogue)).read(from, today);
  if (bill.notReady !== undefined) {
    warn(bill.notReady, { from, until, requests: bill.requests });
    return;
  }
  const ours = await ledgerUsage({ ledger, config, prices: new PriceEngine({ catalogue }) }, days);
  const options = { asOf: now, from: wholeFrom(ours, from), until };
  const result = reconcile(bill.lines, ours, options);
  if (result.until === undefined) {
    warn(`the bill ends with ${result.lastBilledDay}, before the days that are compared`, { from, until, requests: bill.requests });
    return;
  }
  const accounts =
    config.accounts.length > 1 ? sidesOfAccounts(bill.byAccount ?? bill.lines, ours, bill.byAccount === undefined, options) : [];
  write([...metricLines(config.namespace, { result, accounts, time: now }), reportLine(result, accounts, bill)]);
}

const warn = (why: string, more: object): void =>
  write([JSON.stringify({ level: 'WARN', message: `${why}: the drift is unknown`, ...more })]);

// Straight to the stream: console.log would put a prefix before metric lines.
function write(lines: readonly string[]): void {
  lines.forEach((line) => process.stdout.write(`${line}\n`));
}

import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { BilledModels } from '../../engine/bill/billed-models';
import { reconcile } from '../../engine/bill/reconcile';
import { Catalogue } from '../../engine/pricing/catalogue';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { AwsSources } from '../shared/aws-sources';
import { metricLines, reportLine } from './bill-report';
import { readBillConfig } from './config';
import { CostExplorerBill } from './cost-explorer-bill';
import { settledDays } from './days';
import { ledgerUsage } from './ledger-usage';

const config = readBillConfig(process.env);
const sources = new AwsSources();
const costExplorer = new CostExplorerClient({ region: config.costExplorerRegion });

/**
 * Compares the last settled week of the ledger with the bill. A failure, and a bill that is not there yet, publish nothing: the drift
 * is then unknown, and not zero.
 */
export async function handler(): Promise<void> {
  const now = Date.now();
  const { from, until, days } = settledDays(now);
  const catalogue = Catalogue.builtIn();
  const bill = await new CostExplorerBill(costExplorer, config, new BilledModels(catalogue)).read(from, until);
  if (bill.notReady !== undefined) {
    write([JSON.stringify({ level: 'WARN', message: `${bill.notReady}: the drift is unknown`, from, until, requests: bill.requests })]);
    return;
  }
  const ours = await ledgerUsage(sources, config, days, new PriceEngine({ catalogue }));
  const result = reconcile(bill.lines, ours, { asOf: now, from, until });
  write([...metricLines(config.namespace, result, now), reportLine(result, bill)]);
}

// Straight to the stream: console.log would put a prefix before metric lines.
function write(lines: readonly string[]): void {
  lines.forEach((line) => process.stdout.write(`${line}\n`));
}

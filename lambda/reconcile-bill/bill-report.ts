import { byKind, type Reconciliation } from '../../engine/bill/reconcile';
import { formatUsd } from '../../engine/pricing/usd-text';
import type { PicoUsd } from '../../engine/pricing/types';
import { emfLines } from '../../engine/telemetry/emf';
import { BillMetrics } from '../../engine/telemetry/names';
import type { Bill } from './cost-explorer-bill';

/** How many single differences the log names. */
const LARGEST = 10;

/** The metrics of a comparison. What is unknown has none. */
export function metricLines(namespace: string, result: Reconciliation, time: number): string[] {
  const { driftPercent, total, lagHours, differences } = result;
  const unseen = byKind(differences).get('unseenSource')?.amount ?? 0n;
  const readings = [
    { metric: BillMetrics.RUNS, value: 1 },
    { metric: BillMetrics.DRIFT, value: driftPercent },
    { metric: BillMetrics.BILLED, value: usd(total.billed) },
    { metric: BillMetrics.OURS, value: usd(total.ours) },
    { metric: BillMetrics.UNSEEN, value: usd(unseen) },
    { metric: BillMetrics.LAG, value: lagHours },
  ].flatMap(({ metric, value }) => (value === undefined ? [] : [{ metric, value }]));
  return emfLines(namespace, readings, time);
}

/** A line for the log: why the bill differs, and what it cost to ask. */
export function reportLine({ from, until, lastBilledDay, total, driftPercent, differences }: Reconciliation, bill: Bill): string {
  const largest = [...differences].sort((one, other) => Number(size(other.amount) - size(one.amount))).slice(0, LARGEST);
  return JSON.stringify({
    ...{ reconciliation: 1, from, until, lastBilledDay, driftPercent },
    ...{ oursUsd: formatUsd(total.ours), billedUsd: formatUsd(total.billed) },
    kinds: Object.fromEntries([...byKind(differences)].map(([kind, { amount }]) => [kind, formatUsd(amount)])),
    largest: largest.map(({ kind, amount, key, detail }) => ({ difference: kind, usd: formatUsd(amount), ...key, detail })),
    ...{ requests: bill.requests, requestUsd: bill.requestUsd },
  });
}

const usd = (amount: PicoUsd): number => Number(amount) / 1e12;
const size = (amount: PicoUsd): PicoUsd => (amount < 0n ? -amount : amount);

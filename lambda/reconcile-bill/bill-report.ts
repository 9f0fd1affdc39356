import type { AccountSides } from '../../engine/bill/accounts';
import { byKind, type Reconciliation, type Sides, sidesBy } from '../../engine/bill/reconcile';
import { formatUsd } from '../../engine/pricing/usd-text';
import type { PicoUsd } from '../../engine/pricing/types';
import { emfLines } from '../../engine/telemetry/emf';
import { Attributes, BillMetrics } from '../../engine/telemetry/names';
import type { Bill } from './bill';

/** How many single differences the log names. */
const LARGEST = 10;

export interface Comparison {
  readonly result: Reconciliation;
  /** Each account by itself, where there are several. */
  readonly accounts: readonly AccountSides[];
  readonly time: number;
}

/** The metrics of a comparison. What is unknown has none. */
export function metricLines(namespace: string, { result, accounts, time }: Comparison): string[] {
  const { total, driftPercent, lagHours, differences } = result;
  const unseen = byKind(differences).get('unseenSource')?.amount ?? 0n;
  const readings = [
    { metric: BillMetrics.RUNS, value: 1 },
    ...sidesReadings({ ...total, driftPercent }),
    { metric: BillMetrics.UNSEEN, value: usd(unseen) },
    { metric: BillMetrics.LAG, value: lagHours },
    ...accounts.flatMap(({ account, ...sides }) => sidesReadings(sides, { [Attributes.ACCOUNT]: account })),
  ].flatMap(({ value, ...reading }) => (value === undefined ? [] : [{ ...reading, value }]));
  return emfLines(namespace, readings, time);
}

const sidesReadings = ({ ours, billed, driftPercent }: Omit<AccountSides, 'account'>, dimensions?: Readonly<Record<string, string>>) => [
  { metric: BillMetrics.DRIFT, value: driftPercent, dimensions },
  { metric: BillMetrics.BILLED, value: usd(billed), dimensions },
  { metric: BillMetrics.OURS, value: usd(ours), dimensions },
];

/** A line for the log: why the bill differs, of which accounts, and what it cost to ask. */
export function reportLine(
  { from, until, lastBilledDay, lagHours, total, driftPercent, differences, axes, cells }: Reconciliation,
  accounts: readonly AccountSides[],
  bill: Bill,
): string {
  const largest = [...differences].sort((one, other) => Number(size(other.amount) - size(one.amount))).slice(0, LARGEST);
  return JSON.stringify({
    ...{ reconciliation: 1, from, until, lastBilledDay, lagHours, driftPercent },
    ...sidesWords(total),
    kinds: Object.fromEntries([...byKind(differences)].map(([kind, { amount }]) => [kind, formatUsd(amount)])),
    largest: largest.map(({ kind, amount, key, detail }) => ({ difference: kind, usd: formatUsd(amount), ...key, detail })),
    ...(accounts.length > 0 && {
      accounts: accounts.map(({ account, driftPercent: drift, ...sides }) => ({ account, driftPercent: drift, ...sidesWords(sides) })),
    }),
    ...(axes.principal && { callers: callersIn(cells) }),
    ...(bill.setAside?.length && {
      restated: bill.setAside.map(({ month, name, amount, amountUsed }) => ({
        ...{ month, delivery: name, usd: formatUsd(amount), usdNow: formatUsd(amountUsed) },
      })),
    }),
    ...{ requests: bill.requests, requestUsd: bill.requestUsd },
  });
}

/** Those whose figures differ most. */
const callersIn = (cells: Reconciliation['cells']) =>
  [...sidesBy(cells, ({ principal = '(none)' }) => principal)]
    .sort(([, one], [, other]) => Number(size(other.billed - other.ours) - size(one.billed - one.ours)))
    .slice(0, LARGEST)
    .map(([caller, sides]) => ({ caller, ...sidesWords(sides) }));

const sidesWords = ({ ours, billed }: Sides) => ({ oursUsd: formatUsd(ours), billedUsd: formatUsd(billed) });
const usd = (amount: PicoUsd): number => Number(amount) / 1e12;
const size = (amount: PicoUsd): PicoUsd => (amount < 0n ? -amount : amount);

import type { PicoUsd } from '../pricing/types';
import type { BillLine, Charge } from './bill-line';
import { countedOnce } from './cell-scope';
import { type Axes, axesOf, type Cell, type CellKey, cellsOf } from './cells';
import { DIFFERENCE_KINDS, type Difference, type DifferenceKind, differencesIn } from './differences';
import type { OurLine } from './our-usage';
import { seriesOf, shiftsIn, unitPriceOf } from './shifts';

/**
 * How long after a day its lines of the bill are complete: lines of the Marketplace were seen to be settled later than 48 hours
 * (github.com/aws-samples/sample-bedrock-spend-budget-guardrails compares up to 72 hours ago for that reason).
 */
export const SETTLED_AFTER_HOURS = 72;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface ReconcileOptions {
  /** When the bill was read: days that were not over 72 hours before are left out. In milliseconds. */
  readonly asOf: number;
  /**
   * The days to compare, as in 2026-11-01: the first, and the first that is not compared. By default those that both sides have. Days
   * after the last line of the bill are never compared.
   */
  readonly from?: string;
  readonly until?: string;
}

/** Our sum and that of the bill. */
export interface Sides {
  readonly ours: PicoUsd;
  readonly billed: PicoUsd;
}

export interface Reconciliation {
  readonly from?: string;
  /** The watermark: the first day that is not compared. */
  readonly until?: string;
  /** The last day of which the bill has usage, and how many whole hours after its end the bill was read. */
  readonly lastBilledDay?: string;
  readonly lagHours?: number;
  /** What is compared. */
  readonly total: Sides;
  /** What neither side can be blamed for yet: days before and after those that are compared. */
  readonly outside: Sides;
  /** Lines of the bill that are not usage, by what they are: shown, and in no sum. */
  readonly beside: ReadonlyMap<Charge, PicoUsd>;
  /** Usage without a date, which is in no sum. */
  readonly undated: PicoUsd;
  readonly axes: Axes;
  readonly cells: readonly Cell[];
  readonly differences: readonly Difference[];
  /**
   * How much of what is billed for recorded calls our figures put wrong, model by model, so that a model that is too high does not
   * hide one that is too low. Undefined where there is nothing to compare: unknown is never zero.
   */
  readonly driftPercent?: number;
}

/** Compares a bill with our figures. */
export function reconcile(bill: readonly BillLine[], allOurs: readonly OurLine[], options: ReconcileOptions): Reconciliation {
  const ours = countedOnce(allOurs);
  const usage = bill.filter(({ charge }) => charge === 'usage' || charge === 'discount');
  const dated = usage.filter(({ from, until }) => from !== undefined && until !== undefined);
  const axes = axesOf(dated, ours);
  const days = daysOf(dated, ours, axes, options);
  const isInside = (from: string, until: string): boolean =>
    days !== undefined && from >= days.from && (axes.day ? from < days.until : until <= days.until);
  const [billInside, billOutside] = partition(dated, ({ from, until }) => isInside(from!, until!));
  const [oursInside, oursOutside] = partition(ours, ({ day }) => days !== undefined && day >= days.from && day < days.until);
  const cells = cellsOf(billInside, oursInside, axes);
  const differences = seriesOf(cells).flatMap((series) => {
    const shifts = axes.day ? shiftsIn(series) : new Map<Cell, number>();
    return series.cells.flatMap((cell) => differencesIn(cell, shifts.get(cell) ?? 0, unitPriceOf(cell, series)));
  });
  const total = { ours: sum(oursInside, ({ low = 0n }) => low), billed: sum(billInside, ({ amount }) => amount) };
  return {
    ...days,
    ...lagOf(dated, options.asOf),
    total,
    outside: { ours: sum(oursOutside, ({ low = 0n }) => low), billed: sum(billOutside, ({ amount }) => amount) },
    beside: besideOf(bill),
    undated: sum(
      usage.filter((line) => !dated.includes(line)),
      ({ amount }) => amount,
    ),
    ...{ axes, cells, differences },
    driftPercent: driftOf(cells, differences),
  };
}

/** Sums of one axis of the cells, with the differences of each. */
export function sidesBy(cells: readonly Cell[], nameOf: (key: CellKey) => string): Map<string, Sides> {
  const sides = new Map<string, Sides>();
  for (const { key, ours, billed } of cells) {
    const name = nameOf(key);
    const known = sides.get(name) ?? { ours: 0n, billed: 0n };
    sides.set(name, { ours: known.ours + (ours?.low ?? 0n), billed: known.billed + (billed?.amount ?? 0n) });
  }
  return sides;
}

/** The differences of each kind, added up. */
export function byKind(differences: readonly Difference[]): Map<DifferenceKind, { amount: PicoUsd; parts: number }> {
  const kinds = new Map<DifferenceKind, { amount: PicoUsd; parts: number }>();
  for (const { kind, amount } of differences) {
    const known = kinds.get(kind) ?? { amount: 0n, parts: 0 };
    kinds.set(kind, { amount: known.amount + amount, parts: known.parts + 1 });
  }
  return kinds;
}

/** The days that are compared; undefined where there are none. */
function daysOf(bill: readonly BillLine[], ours: readonly OurLine[], { day: isDaily }: Axes, { asOf, ...asked }: ReconcileOptions) {
  if (bill.length === 0) return undefined;
  const settled = new Date(Math.floor((asOf - SETTLED_AFTER_HOURS * HOUR_MS) / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
  const first = (dates: readonly string[]): string => dates.reduce((one, other) => (one < other ? one : other));
  const last = (dates: readonly string[]): string => dates.reduce((one, other) => (one > other ? one : other));
  const billFrom = first(bill.map(({ from }) => from!));
  const billUntil = last(bill.map(({ until }) => until!));
  const oursFrom = isDaily && ours.length > 0 ? first(ours.map(({ day }) => day)) : billFrom;
  const from = asked.from ?? last([billFrom, oursFrom]);
  // Without a line of the bill a day is not there yet: it is not one without cost.
  const until = first([asked.until ?? billUntil, billUntil, settled]);
  return from < until ? { from, until } : undefined;
}

function lagOf(bill: readonly BillLine[], asOf: number): Pick<Reconciliation, 'lastBilledDay' | 'lagHours'> {
  const until = bill.map((line) => line.until!).reduce((one, other) => (one > other ? one : other), '');
  if (until === '') return {};
  const end = Date.parse(until);
  return { lastBilledDay: new Date(end - DAY_MS).toISOString().slice(0, 10), lagHours: Math.max(0, Math.floor((asOf - end) / HOUR_MS)) };
}

function besideOf(bill: readonly BillLine[]): Map<Charge, PicoUsd> {
  const beside = new Map<Charge, PicoUsd>();
  for (const { charge, amount } of bill) {
    if (charge !== 'usage' && charge !== 'discount') beside.set(charge, (beside.get(charge) ?? 0n) + amount);
  }
  return beside;
}

/** Of recorded calls: what writes no record is compared too, and is no drift. */
function driftOf(allCells: readonly Cell[], differences: readonly Difference[]): number | undefined {
  const cells = allCells.filter(({ key }) => key.source === undefined);
  const billed = sum(cells, (cell) => cell.billed?.amount ?? 0n);
  const ours = sum(cells, (cell) => cell.ours?.low ?? 0n);
  const base = billed > 0n ? billed : ours;
  if (base <= 0n) return undefined;
  const byModel = new Map<string, PicoUsd>();
  for (const { kind, amount, key } of differences) {
    if (DIFFERENCE_KINDS[kind].isDrift && key.source === undefined) byModel.set(key.model, (byModel.get(key.model) ?? 0n) + amount);
  }
  const wrong = sum([...byModel.values()], (amount) => (amount < 0n ? -amount : amount));
  return Number((wrong * 1_000_000n) / base) / 10_000;
}

function partition<T>(values: readonly T[], isFirst: (value: T) => boolean): [T[], T[]] {
  const first: T[] = [];
  const second: T[] = [];
  for (const value of values) (isFirst(value) ? first : second).push(value);
  return [first, second];
}

const sum = <T>(values: readonly T[], of: (value: T) => PicoUsd): PicoUsd => values.reduce((total, value) => total + of(value), 0n);

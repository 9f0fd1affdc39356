import type { OurLine } from '../../engine/bill/our-usage';
import { SETTLED_AFTER_HOURS } from '../../engine/bill/reconcile';

const DAY_MS = 86_400_000;

/** How many days are compared: a cent of rounding weighs little in a week, and a new difference still moves it. */
const DAYS = 7;

export interface SettledDays {
  /** The first, and the first that is not settled, in UTC. */
  readonly from: string;
  readonly until: string;
  readonly days: readonly string[];
  /** Up to which the bill is read, to see how far it reaches. */
  readonly today: string;
}

/** The last settled days. */
export function settledDays(now: number): SettledDays {
  const until = Math.floor((now - SETTLED_AFTER_HOURS * 3_600_000) / DAY_MS) * DAY_MS;
  const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const days = Array.from({ length: DAYS }, (_, n) => dayOf(until - (DAYS - n) * DAY_MS));
  return { from: days[0]!, until: dayOf(until), days, today: dayOf(now) };
}

/**
 * The first day of which the ledger can have everything. Where its first line is of a later day than the first, it was begun on that day,
 * and has only a part of it: what it does not have is unknown, and no cost of zero. A day in the middle without a line is compared. One that
 * has become the first was compared on the days before.
 */
export function wholeFrom(ours: readonly OurLine[], from: string): string {
  const first = ours.reduce((day, line) => (line.day < day ? line.day : day), ours[0]?.day ?? from);
  return first <= from ? from : new Date(Date.parse(first) + DAY_MS).toISOString().slice(0, 10);
}

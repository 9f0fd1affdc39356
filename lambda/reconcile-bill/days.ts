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

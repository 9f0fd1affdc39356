import { SETTLED_AFTER_HOURS } from '../../engine/bill/reconcile';

const DAY_MS = 86_400_000;

/** How many days are compared: a cent of rounding weighs little in a week, and a new difference still moves it. */
const DAYS = 7;

/** The last settled days, in UTC: the first, and the first that is not settled. */
export function settledDays(now: number): { readonly from: string; readonly until: string; readonly days: readonly string[] } {
  const until = Math.floor((now - SETTLED_AFTER_HOURS * 3_600_000) / DAY_MS) * DAY_MS;
  const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const days = Array.from({ length: DAYS }, (_, n) => dayOf(until - (DAYS - n) * DAY_MS));
  return { from: days[0]!, until: dayOf(until), days };
}

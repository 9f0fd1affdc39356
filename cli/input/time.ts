import { eventTime } from '../../engine/records/event-time';

const IN_TEXT = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?|\b\d{13}\b/;

/** As Logs Insights writes times, in UTC. */
const INSIGHTS = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)$/;

/** Digits of a time since 1970, and how many of its units are a millisecond. */
const UNITS: ReadonlyMap<number, number> = new Map([
  [10, 0.001],
  [13, 1],
  [16, 1000],
  [19, 1_000_000],
]);

/** The milliseconds of a time as AWS and shippers of logs write it; undefined for anything else. */
export function timeOf(value: unknown): number | undefined {
  const text = String(value);
  const perMillisecond = /^\d+$/.test(text) ? UNITS.get(text.length) : undefined;
  if (perMillisecond !== undefined) return Math.floor(Number(text) / perMillisecond);
  return eventTime(text.replace(INSIGHTS, '$1T$2Z'));
}

/** The first time in a text. */
export const timeIn = (text: string): number | undefined => timeOf(IN_TEXT.exec(text)?.[0]);

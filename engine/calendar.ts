import { DateTime } from 'luxon';

/** Calendar units as people in a time zone count them: a day has 23, 24 or 25 hours. */
export type CalendarUnit = 'hour' | 'day' | 'week' | 'month';

/** The start of the unit that contains a moment, in milliseconds. A week starts on Monday. */
export function startOf(unit: CalendarUnit, time: number, timeZone: string): number {
  return local(time, timeZone).startOf(unit).toMillis();
}

/** The same local time a number of units later, or earlier. */
export function plus(count: number, unit: CalendarUnit, time: number, timeZone: string): number {
  return local(time, timeZone)
    .plus({ [unit]: count })
    .toMillis();
}

/** The local date, as 2026-11-21. */
export function isoDate(time: number, timeZone: string): string {
  return local(time, timeZone).toISODate() ?? '';
}

/** Midnight, where a date begins. */
export function startOfDate(date: string, timeZone: string): number {
  const start = DateTime.fromISO(date, { zone: zoneOf(timeZone) });
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !start.isValid) {
    throw new Error(`'${date}' is no date such as 2026-11-21`);
  }
  return start.startOf('day').toMillis();
}

function local(time: number, timeZone: string): DateTime {
  const moment = DateTime.fromMillis(time, { zone: zoneOf(timeZone) });
  if (!moment.isValid) {
    throw new Error(`'${timeZone}' is no time zone: use a name such as Europe/Berlin, or an offset such as UTC+05:30`);
  }
  return moment;
}

/** CloudWatch takes +05:30 where luxon wants UTC+05:30. */
const zoneOf = (timeZone: string): string => (/^[+-]/.test(timeZone) ? `UTC${timeZone}` : timeZone);

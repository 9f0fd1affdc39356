import { DateTime } from 'luxon';

/** Units of the local calendar: where clocks change, a day has 23 or 25 hours. */
export type CalendarUnit = 'hour' | 'day' | 'week' | 'month';

/** The start of the unit that contains a moment, in milliseconds. A week starts on Monday. */
export function startOf(unit: CalendarUnit, time: number, timeZone: string): number {
  return local(time, timeZone).startOf(unit).toMillis();
}

/** The same local time a number of units later, or earlier where the number is negative. */
export function plus(count: number, unit: CalendarUnit, time: number, timeZone: string): number {
  return local(time, timeZone)
    .plus({ [unit]: count })
    .toMillis();
}

/** The first moment of a date such as 2026-11-21. */
export function startOfDate(date: string, timeZone: string): number {
  return DateTime.fromISO(date, { zone: zoneOf(timeZone) }).toMillis();
}

/** The local date, as 2026-11-21. */
export function isoDate(time: number, timeZone: string): string {
  return local(time, timeZone).toISODate() ?? '';
}

/** How many minutes local time is ahead of UTC. */
export function offsetOf(time: number, timeZone: string): number {
  return local(time, timeZone).offset;
}

function local(time: number, timeZone: string): DateTime {
  const moment = DateTime.fromMillis(time, { zone: zoneOf(timeZone) });
  if (!moment.isValid) {
    throw new Error(`'${timeZone}' is not a time zone: use a name such as Europe/Berlin, or an offset such as UTC+05:30`);
  }
  return moment;
}

/** CloudWatch dashboards and alarms write +05:30 where luxon reads UTC+05:30. */
const zoneOf = (timeZone: string): string => (/^[+-]/.test(timeZone) ? `UTC${timeZone}` : timeZone);

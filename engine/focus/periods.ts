import type { ChargeUnit } from './charge';

/** The beginning and the end of the unit of a time, in UTC, as FOCUS writes times. */
export const startOf = (time: number, unit: ChargeUnit): string => isoTime(startsOf(time, unit));
export const endOf = (time: number, unit: ChargeUnit): string => isoTime(startsOf(time, unit, 1));

/** The same in SQL. */
export const startSql = (unit: ChargeUnit): string => timeSql(`date_trunc('${unit}', period)`);
export const endSql = (unit: ChargeUnit): string => timeSql(`date_trunc('${unit}', period) + interval '1' ${unit}`);

/** The beginning of the unit of a time, or of a later one, in UTC. */
function startsOf(time: number, unit: ChargeUnit, later = 0): number {
  const date = new Date(time);
  const [year, month, day, hour] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCHours()];
  if (unit === 'month') return Date.UTC(year, month + later);
  return unit === 'day' ? Date.UTC(year, month, day + later) : Date.UTC(year, month, day, hour + later);
}

const isoTime = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

/** Engines differ in how many digits of a second they write. */
const timeSql = (time: string): string =>
  `concat(substr(cast(${time} as varchar), 1, 10), 'T', substr(cast(${time} as varchar), 12, 2), ':00:00Z')`;

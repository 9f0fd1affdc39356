import { Failure } from '../failure';

/** The time that a day, a month or an instant means, in milliseconds: up to `until`, which is not part of it. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

const DAY_MS = 86_400_000;
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Reads what an option says of time, always in UTC. */
export function parsePeriod(option: string, text: string): Period {
  const [, year, month] = MONTH.exec(text) ?? [];
  if (year && month) return { from: Date.UTC(+year, +month - 1), until: Date.UTC(+year, +month) };

  const from = DAY.test(text) || INSTANT.test(text) ? Date.parse(text) : NaN;
  // Date.parse takes 31 February; only a real day survives the way back.
  if (!Number.isNaN(from) && new Date(Date.parse(text.slice(0, 10))).toISOString().startsWith(text.slice(0, 10))) {
    return { from, until: DAY.test(text) ? from + DAY_MS : from };
  }
  throw new Failure(`'${option}' must be a day like 2026-09-01, a month like 2026-09 or a time like 2026-09-01T12:00:00Z, got '${text}'`);
}

import { Failure } from '../failure';

/** A period of time in milliseconds, from its beginning up to, but without, `until`. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

export interface PeriodOptions {
  readonly from?: string;
  readonly to?: string;
}

const DAY_MS = 86_400_000;
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** The period between `--from` and `--to`, each of which may be missing. */
export function periodOf({ from, to }: PeriodOptions): Period {
  const period = {
    from: from === undefined ? -Infinity : parseDate('--from', from).from,
    until: to === undefined ? Infinity : parseDate('--to', to).until,
  };
  if (period.from >= period.until) throw new Failure(`'--from' must be before the end of '--to', got '${from}' and '${to}'`);
  return period;
}

/** The period that a day, a month or a time means, in UTC unless it names an offset. A time is a period without length. */
export function parseDate(option: string, text: string): Period {
  const [, year, month] = MONTH.exec(text) ?? [];
  if (year && month) return { from: Date.UTC(+year, +month - 1), until: Date.UTC(+year, +month) };

  const from = DAY.test(text) || INSTANT.test(text) ? Date.parse(text) : NaN;
  // Date.parse takes 31 February for 3 March. A day that exists is still the same when it is written again.
  if (!Number.isNaN(from) && new Date(Date.parse(text.slice(0, 10))).toISOString().startsWith(text.slice(0, 10))) {
    return { from, until: DAY.test(text) ? from + DAY_MS : from };
  }
  throw new Failure(`'${option}' must be a day like 2026-09-01, a month like 2026-09 or a time like 2026-09-01T12:00:00Z, got '${text}'`);
}

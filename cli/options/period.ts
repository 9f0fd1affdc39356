import { plus, startOfDate } from '../../engine/calendar';
import { Failure } from '../failure';

/** A period of time in milliseconds, from its beginning up to, but without, `until`. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

export interface PeriodOptions {
  readonly from?: string;
  readonly to?: string;
  /** Of days and months. UTC by default. */
  readonly timeZone?: string;
}

const UTC = 'UTC';
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** The period between `--from` and `--to`, each of which may be missing. */
export function periodOf({ from, to, timeZone = UTC }: PeriodOptions): Period {
  const period = {
    from: from === undefined ? -Infinity : parseDate('--from', from, timeZone).from,
    until: to === undefined ? Infinity : parseDate('--to', to, timeZone).until,
  };
  if (period.from >= period.until) throw new Failure(`'--from' must be before the end of '--to', got '${from}' and '${to}'`);
  return period;
}

/** The period that a day, a month or a time means, which can name an offset of its own. A time is a period without length. */
export function parseDate(option: string, text: string, timeZone = UTC): Period {
  if (MONTH.test(text)) return unitFrom(`${text}-01`, 'month', timeZone);

  const time = DAY.test(text) || INSTANT.test(text) ? Date.parse(text) : NaN;
  // Date.parse takes 31 February for 3 March. A day that exists is still the same when it is written again.
  if (!Number.isNaN(time) && new Date(Date.parse(text.slice(0, 10))).toISOString().startsWith(text.slice(0, 10))) {
    return DAY.test(text) ? unitFrom(text, 'day', timeZone) : { from: time, until: time };
  }
  throw new Failure(`'${option}' must be a day like 2026-09-01, a month like 2026-09 or a time like 2026-09-01T12:00:00Z, got '${text}'`);
}

/** A day, a month, or the first and the last of them with two points between. */
export function parsePeriod(option: string, text: string, timeZone: string): Period {
  const [first = '', last = first] = text.split('..', 2);
  const period = { from: parseDate(option, first, timeZone).from, until: parseDate(option, last, timeZone).until };
  if (period.from >= period.until) throw new Failure(`'${option}' must be a period like 2026-09 or 2026-09-01..2026-09-07, got '${text}'`);
  return period;
}

function unitFrom(date: string, unit: 'day' | 'month', timeZone: string): Period {
  const from = startOfDate(date, timeZone);
  return { from, until: plus(1, unit, from, timeZone) };
}

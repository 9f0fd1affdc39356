const TEN_MINUTES = 600_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** Lengths of the beginning of an ISO time that name a day, an hour, or ten minutes. */
const UNITS = [
  { size: DAY, length: 'yyyy-mm-dd'.length },
  { size: HOUR, length: 'yyyy-mm-ddThh'.length },
  { size: TEN_MINUTES, length: 'yyyy-mm-ddThh:m'.length },
];

/**
 * The beginnings of all ISO times in a period, as few as possible. Logs Insights filters by the time at which a line was
 * written; a call counts in the day in which it was made. Periods begin and end at ten minutes: all time zones do.
 */
export function timePrefixes(from: number, until: number): string[] {
  const prefixes: string[] = [];
  for (let at = from; at < until;) {
    const unit = UNITS.find(({ size }) => at % size === 0 && at + size <= until) ?? UNITS[2]!;
    prefixes.push(new Date(at).toISOString().slice(0, unit.length));
    at += unit.size;
  }
  return prefixes;
}

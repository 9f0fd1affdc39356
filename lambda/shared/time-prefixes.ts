const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How many characters of an ISO time name a day, an hour, ten minutes or a minute. */
const UNITS = [
  { size: DAY, length: 'yyyy-mm-dd'.length },
  { size: HOUR, length: 'yyyy-mm-ddThh'.length },
  { size: 10 * MINUTE, length: 'yyyy-mm-ddThh:m'.length },
  { size: MINUTE, length: 'yyyy-mm-ddThh:mm'.length },
];

/**
 * The beginnings of all ISO times in a period of whole minutes, as few as possible. A query matches the time of a call with
 * them: Logs Insights itself filters by the time at which a line was written.
 */
export function timePrefixes(from: number, until: number): string[] {
  const prefixes: string[] = [];
  for (let at = from; at < until;) {
    const { size, length } = UNITS.find((unit) => at % unit.size === 0 && at + unit.size <= until) ?? UNITS.at(-1)!;
    prefixes.push(new Date(at).toISOString().slice(0, length));
    at += size;
  }
  return prefixes;
}

/** What a field or an expression of Logs Insights can be; undefined where there is nothing. */
export type Value = string | number | boolean | undefined;

/** One row: a log event with its JSON members under dotted names, or a group. */
export type LogRow = ReadonlyMap<string, Value>;

/** A query has a part that this interpreter does not know. */
export class UnsupportedQuery extends Error {}

/** Order of two values for `sort`. Rows without a value come last in both directions. */
export function compareValues(a: Value, b: Value, direction: 1 | -1): number {
  if (a === b) {
    return 0;
  }
  if (a === undefined || b === undefined) {
    return a === undefined ? 1 : -1;
  }
  const isLess = typeof a === typeof b ? a < b : String(a) < String(b);
  return isLess ? -direction : direction;
}

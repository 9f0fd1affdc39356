/** What a field or an expression of Logs Insights can be; undefined where there is nothing. */
export type Value = string | number | boolean | undefined;

/** One row: a log event with its JSON members under dotted names, or a group. */
export type LogRow = ReadonlyMap<string, Value>;

/** A row that `stats` made: the fields of the log events before it are gone, and naming one makes a query invalid. */
export class GroupRow extends Map<string, Value> {
  public override get(name: string): Value {
    if (!this.has(name)) {
      throw new UnsupportedQuery(`'${name}' is not a column of the stats command before it`);
    }
    return super.get(name);
  }
}

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

/** Values by the start of their period, in milliseconds. A missing key is a missing datapoint. */
export type Points = ReadonlyMap<number, number>;

/** One metric to read. Without dimensions it is the total of the account. */
export interface MetricQuery {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly periodSeconds: number;
}

/** A row of a query's result: text by field. */
export type QueryRow = Readonly<Record<string, string>>;

/** Logs Insights returns no more rows: a result of so many was cut. Source: CloudWatch Logs User Guide, "limit". */
export const MAX_ROWS = 10_000;

/** Where history comes from. All times are in milliseconds: from a moment up to, and without, another. */
export interface Sources {
  series(query: MetricQuery, from: number, to: number): Promise<Points>;
  /** The same metric for each value of one dimension, among the series that have no other dimension. */
  seriesBy(dimension: string, query: Omit<MetricQuery, 'dimensions'>, from: number, to: number): Promise<ReadonlyMap<string, Points>>;
  /** The result of a Logs Insights query over one log group or several. */
  rows(logGroup: string | readonly string[], query: string, from: number, to: number): Promise<readonly QueryRow[]>;
}

/** The sum of the values from a moment up to, and without, another. */
export function sumOf(points: Points, from = -Infinity, to = Infinity): number {
  let sum = 0;
  points.forEach((value, start) => {
    sum += start >= from && start < to ? value : 0;
  });
  return sum;
}

/** A number of a row; 0 where the row, the field or its value is missing. */
export function numberOf(row: QueryRow | undefined, field: string): number {
  return Number(row?.[field] ?? 0) || 0;
}

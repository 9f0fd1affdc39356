/** Simulated time is counted in minutes from here: a Monday, in winter. */
export const ORIGIN = Date.UTC(2026, 10, 2);
export const MINUTE = 60_000;
export const DAY_MINUTES = 1440;

/** Globals are slow to reach inside a test runner. */
const { max, min, floor } = Math;

export const minuteOf = (time: number): number => floor((time - ORIGIN) / MINUTE);
export const timeOf = (minute: number): number => ORIGIN + minute * MINUTE;

interface Cell {
  sum: number;
  count: number;
  max: number;
  readonly values: number[];
}

export interface StoreQuery {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
  readonly statistic: string;
  readonly from: number;
  readonly to: number;
}

export type Dimensions = Readonly<Record<string, string>>;

/** Metrics by minute, as CloudWatch has them once they have arrived. */
export class MetricStore {
  private readonly series = new Map<string, { dimensions: Dimensions; cells: Array<Cell | undefined> }>();

  /** @param delay how many minutes after its minute a datapoint can be seen */
  constructor(private readonly delay: (namespace: string, name: string, minute: number) => number) {}

  /** The same past, with a future of its own. */
  fork(delay = this.delay): MetricStore {
    const fork = new MetricStore(delay);
    this.series.forEach(({ dimensions, cells }, key) => fork.series.set(key, { dimensions, cells: [...cells] }));
    return fork;
  }

  put(namespace: string, name: string, minute: number, value: number, dimensions: Dimensions = {}): void {
    const key = keyOf(namespace, name, dimensions);
    let series = this.series.get(key);
    if (!series) {
      this.series.set(key, (series = { dimensions, cells: [] }));
    }
    const cell = (series.cells[minute] ??= { sum: 0, count: 0, max: -Infinity, values: [] });
    cell.sum += value;
    cell.count++;
    cell.max = max(cell.max, value);
    cell.values.push(value);
  }

  /** A statistic over the minutes from one up to, and without, another, as it can be seen at a moment; undefined without data. */
  statistic({ namespace, name, dimensions, statistic, from, to }: StoreQuery, now: number): number | undefined {
    const cells = this.series.get(keyOf(namespace, name, dimensions))?.cells ?? [];
    return reduce(this.seen(cells, namespace, name, from, to, now), statistic);
  }

  /** The statistic of consecutive periods, by the first minute of each; periods without data are left out. */
  periods(query: StoreQuery & { readonly length: number }, now: number): Map<number, number> {
    const { namespace, name, statistic, from, to, length } = query;
    const cells = this.series.get(keyOf(namespace, name, query.dimensions))?.cells ?? [];
    const found = new Map<number, number>();
    for (let start = from; start < to && start < cells.length; start += length) {
      const value = reduce(this.seen(cells, namespace, name, start, start + length, now), statistic);
      if (value !== undefined) {
        found.set(start, value);
      }
    }
    return found;
  }

  /** The values of a dimension among the series that have no other. */
  valuesOf(namespace: string, name: string, dimension: string): string[] {
    return [...this.series].flatMap(([key, { dimensions }]) => {
      const names = Object.keys(dimensions);
      return key.startsWith(`${namespace}|${name}|`) && names.length === 1 && names[0] === dimension ? [dimensions[dimension]!] : [];
    });
  }

  private seen(cells: ReadonlyArray<Cell | undefined>, namespace: string, name: string, from: number, to: number, now: number): Cell[] {
    const seen: Cell[] = [];
    const end = min(to, cells.length);
    // Nothing is later than half a day: what is older is there.
    const settled = now - 720;
    for (let minute = max(from, 0); minute < end; minute++) {
      const cell = cells[minute];
      if (cell && (minute < settled || minute + this.delay(namespace, name, minute) <= now)) {
        seen.push(cell);
      }
    }
    return seen;
  }
}

function reduce(cells: readonly Cell[], statistic: string): number | undefined {
  if (cells.length === 0) {
    return undefined;
  }
  switch (statistic) {
    case 'Sum':
      return cells.reduce((sum, cell) => sum + cell.sum, 0);
    case 'SampleCount':
      return cells.reduce((sum, cell) => sum + cell.count, 0);
    case 'Maximum':
      return cells.reduce((most, cell) => max(most, cell.max), -Infinity);
    case 'p95': {
      const values = Float64Array.from(cells.flatMap((cell) => cell.values)).sort();
      return values[Math.ceil(values.length * 0.95) - 1];
    }
    default:
      throw new Error(`'${statistic}' is not simulated`);
  }
}

function keyOf(namespace: string, name: string, dimensions: Dimensions): string {
  let key = `${namespace}|${name}|`;
  for (const dimension in dimensions) {
    key += `${dimension}|${dimensions[dimension]}`;
  }
  return key;
}

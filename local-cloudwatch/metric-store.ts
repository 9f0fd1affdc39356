import type { Series } from './metric-math-values';
import { type Delay, type MetricName, type Period, StoredMetric } from './stored-metric';

export type { Delay, MetricName, Period } from './stored-metric';

/** Consecutive periods of one length. */
export interface Window {
  /** Starts of the periods in seconds since the epoch, oldest first. */
  readonly starts: readonly number[];
  readonly periodSeconds: number;
}

/** The only form of SEARCH that is understood: `{namespace,dimension,…} MetricName="name"`. */
const SEARCH = /^\{(.+?)\} MetricName="([^"]+)"$/;

const NO_DELAY: Delay = { minutes: () => 0, longest: 0 };

/** Metrics by name and exact set of dimensions, in minutes, as CloudWatch keeps them. */
export class MetricStore {
  private readonly metrics = new Map<string, StoredMetric>();

  /** @param delay when a datapoint can be read; by default at once */
  constructor(private readonly delay: Delay = NO_DELAY) {}

  /** A store with the same past. What is put into it later is not seen in this one. */
  public fork(delay: Delay = this.delay): MetricStore {
    const fork = new MetricStore(delay);
    this.metrics.forEach((metric, key) => fork.metrics.set(key, new StoredMetric(metric.name, metric)));
    return fork;
  }

  /** Adds values to the minute of a moment, in seconds since the epoch. */
  public put(name: MetricName, seconds: number, values: readonly number[]): void {
    this.known(name).add(Math.floor(seconds / 60), values);
  }

  /** Makes a metric known that has no data, so that it is not taken for a wrong name. */
  public declare(name: MetricName): void {
    this.known(name);
  }

  public has(name: MetricName): boolean {
    return this.metrics.has(keyOf(name));
  }

  /** Whether any metric of a namespace is known. In an unknown namespace no name can be called wrong. */
  public knows(namespace: string): boolean {
    return [...this.metrics.values()].some(({ name }) => name.namespace === namespace);
  }

  /** A statistic of a period as it can be read at a moment, in seconds since the epoch; undefined without data. */
  public statistic(name: MetricName, statistic: string, period: Period, now = Infinity): number | undefined {
    return this.metrics.get(keyOf(name))?.statistic(statistic, period, now, this.delay);
  }

  /** The statistic of each period of a window; periods without data are left out. */
  public series(name: MetricName, statistic: string, { starts, periodSeconds }: Window, now = Infinity): Series {
    const metric = this.metrics.get(keyOf(name));
    const values = new Map<number, number>();
    for (const start of metric ? starts : []) {
      const value = metric?.statistic(statistic, { start, end: start + periodSeconds }, now, this.delay);
      if (value !== undefined) {
        values.set(start, value);
      }
    }
    return { label: Object.values(name.dimensions).join(' ') || name.metricName, values };
  }

  /** The series that a SEARCH finds: every metric with this name and exactly these dimensions that has data. */
  public search(query: string, statistic: string, window: Window): Series[] {
    const [, schema = '', metricName] = SEARCH.exec(query.trim()) ?? [];
    const [namespace = '', ...dimensions] = schema.split(',').map((part) => part.trim().replace(/^"|"$/g, ''));
    if (metricName === undefined || dimensions.length === 0) {
      throw new Error(`SEARCH is drawn for {namespace,dimension} MetricName="name" only, got ${query}`);
    }
    const found = this.metricsWith(namespace, metricName, dimensions);
    if (found.length === 0 && this.knows(namespace)) {
      throw new Error(`SEARCH finds no metric '${metricName}' with the dimensions ${dimensions.join(', ')} in ${namespace}`);
    }
    return found.map((name) => this.series(name, statistic, window)).filter(({ values }) => values.size > 0);
  }

  /** Every metric with a name and exactly these dimensions. */
  public metricsWith(namespace: string, metricName: string, dimensions: readonly string[]): MetricName[] {
    const wanted = [...dimensions].sort().join();
    return [...this.metrics.values()]
      .map(({ name }) => name)
      .filter((name) => name.namespace === namespace && name.metricName === metricName)
      .filter((name) => Object.keys(name.dimensions).sort().join() === wanted);
  }

  private known(name: MetricName): StoredMetric {
    const key = keyOf(name);
    let metric = this.metrics.get(key);
    if (!metric) {
      this.metrics.set(key, (metric = new StoredMetric(name)));
    }
    return metric;
  }
}

/** The order of the dimensions does not matter. NUL cannot be part of a name. */
function keyOf({ namespace, metricName, dimensions }: MetricName): string {
  const names = Object.keys(dimensions);
  const pairs = names.length > 1 ? names.sort() : names;
  return pairs.reduce((key, name) => `${key}\0${name}\0${dimensions[name]}`, `${namespace}\0${metricName}`);
}

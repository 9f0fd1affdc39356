import type { Series } from './metric-math-values';
import { searchTerms } from './search-terms';
import { type Delay, type MetricName, type Period, StoredMetric } from './stored-metric';

export type { Delay, MetricName, Period } from './stored-metric';

/** Consecutive periods of one length. */
export interface Window {
  /** Starts of the periods in seconds since the epoch, oldest first. */
  readonly starts: readonly number[];
  readonly periodSeconds: number;
}

/** The metrics of one name by their dimensions, as one text. */
type ByDimensions = Map<string, StoredMetric>;

/** The only form of SEARCH that is understood: `{namespace,dimension,…} MetricName="name"`, and after it terms for values. */
const SEARCH = /^\{(.+?)\} MetricName="([^"]+)"(?: (.+))?$/;

const NO_DELAY: Delay = { minutes: () => 0, longest: 0 };

/** Metrics by name and exact set of dimensions, in minutes, as CloudWatch keeps them. */
export class MetricStore {
  /** By namespace and by name. */
  private readonly namespaces = new Map<string, Map<string, ByDimensions>>();

  /** @param delay when a datapoint can be read; by default at once */
  constructor(private readonly delay: Delay = NO_DELAY) {}

  /** A store that begins with the data of this one, which must not change any more. */
  public fork(delay: Delay = this.delay): MetricStore {
    const fork = new MetricStore(delay);
    for (const names of this.namespaces.values()) {
      for (const metrics of names.values()) {
        metrics.forEach((metric, key) => fork.named(metric.name).set(key, new StoredMetric(metric.name, metric)));
      }
    }
    return fork;
  }

  /** Adds values to the minute of a moment, in seconds since the epoch. */
  public put(name: MetricName, seconds: number, values: readonly number[]): void {
    this.known(name).add((seconds - (seconds % 60)) / 60, values);
  }

  /** Makes a metric known that has no data, so that it is not taken for a wrong name. */
  public declare(name: MetricName): void {
    this.known(name);
  }

  public has(name: MetricName): boolean {
    return this.find(name) !== undefined;
  }

  /** Whether any metric of a namespace is known. In an unknown namespace no name can be called wrong. */
  public knows(namespace: string): boolean {
    return this.namespaces.has(namespace);
  }

  /** A statistic of a period as it can be read at a moment, in seconds since the epoch; undefined without data. */
  public statistic(name: MetricName, statistic: string, period: Period, now = Infinity): number | undefined {
    return this.find(name)?.statistic(statistic, period, now, this.delay);
  }

  /** The statistic of each period of a window. */
  public values(name: MetricName, statistic: string, { starts, periodSeconds }: Window, now = Infinity): Array<number | undefined> {
    return this.find(name)?.values(statistic, starts, periodSeconds, now, this.delay) ?? starts.map(() => undefined);
  }

  /** The same as a series, which leaves out periods without data. */
  public series(name: MetricName, statistic: string, window: Window): Series {
    const datapoints = this.values(name, statistic, window).flatMap((value, index) =>
      value === undefined ? [] : [[window.starts[index]!, value] as const],
    );
    return { label: Object.values(name.dimensions).join(' ') || name.metricName, values: new Map(datapoints) };
  }

  /** The series that a SEARCH finds: every metric with this name and exactly these dimensions that has data. */
  public search(query: string, statistic: string, window: Window): Series[] {
    const [, schema = '', metricName, terms] = SEARCH.exec(query.trim()) ?? [];
    const [namespace = '', ...dimensions] = schema.split(',').map((part) => part.trim().replace(/^"|"$/g, ''));
    if (metricName === undefined || dimensions.length === 0) {
      throw new Error(`SEARCH is drawn for {namespace,dimension} MetricName="name" only, got ${query}`);
    }
    const found = this.metricsWith(namespace, metricName, dimensions);
    if (found.length === 0 && this.knows(namespace)) {
      throw new Error(`SEARCH finds no metric '${metricName}' with the dimensions ${dimensions.join(', ')} in ${namespace}`);
    }
    const matches = terms === undefined ? () => true : searchTerms(terms);
    return found
      .filter((name) => matches(Object.values(name.dimensions)))
      .map((name) => this.series(name, statistic, window))
      .filter(({ values }) => values.size > 0);
  }

  /** Every metric with a name and exactly these dimensions. */
  public metricsWith(namespace: string, metricName: string, dimensions: readonly string[]): MetricName[] {
    const wanted = [...dimensions].sort().join();
    const metrics = this.namespaces.get(namespace)?.get(metricName)?.values() ?? [];
    return [...metrics].map(({ name }) => name).filter((name) => Object.keys(name.dimensions).sort().join() === wanted);
  }

  private find({ namespace, metricName, dimensions }: MetricName): StoredMetric | undefined {
    return this.namespaces.get(namespace)?.get(metricName)?.get(textOf(dimensions));
  }

  private known(name: MetricName): StoredMetric {
    const metrics = this.named(name);
    const key = textOf(name.dimensions);
    let metric = metrics.get(key);
    if (!metric) {
      metrics.set(key, (metric = new StoredMetric(name)));
    }
    return metric;
  }

  private named({ namespace, metricName }: MetricName): ByDimensions {
    let names = this.namespaces.get(namespace);
    if (!names) {
      this.namespaces.set(namespace, (names = new Map<string, ByDimensions>()));
    }
    let metrics = names.get(metricName);
    if (!metrics) {
      names.set(metricName, (metrics = new Map<string, StoredMetric>()));
    }
    return metrics;
  }
}

/** The order of dimensions does not matter. NUL is no part of their names and values. */
function textOf(dimensions: MetricName['dimensions']): string {
  const pairs: string[] = [];
  // Not Object.keys: simulations put millions of values, and globals are slow to reach inside a test runner.
  for (const name in dimensions) {
    pairs.push(`${name}\0${dimensions[name]}`);
  }
  return pairs.length > 1 ? pairs.sort().join('\0') : (pairs[0] ?? '');
}

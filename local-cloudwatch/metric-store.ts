import type { Series } from './metric-math';

export interface MetricName {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A metric that is known, with or without data. */
interface Kept extends MetricName {
  /** The values of each minute. */
  readonly minutes: Map<number, number[]>;
}

export interface Window {
  /** Seconds since the epoch. */
  readonly starts: readonly number[];
  readonly periodSeconds: number;
}

const STATISTICS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  Average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  Minimum: (values) => values.reduce((least, value) => Math.min(least, value), Infinity),
  Maximum: (values) => values.reduce((most, value) => Math.max(most, value), -Infinity),
  SampleCount: (values) => values.length,
};

const SEARCH = /^\{(.+?)\} MetricName="([^"]+)"$/;

/** Metrics by name and exact set of dimensions, as CloudWatch keeps them. */
export class MetricStore {
  private readonly metrics = new Map<string, Kept>();

  public put(name: MetricName, seconds: number, values: readonly number[]): void {
    const { minutes } = this.kept(name);
    const minute = seconds - (seconds % 60);
    const known = minutes.get(minute);
    if (known) {
      known.push(...values);
    } else {
      minutes.set(minute, [...values]);
    }
  }

  /** Makes a metric known that has no data: it is empty, not wrong. */
  public declare(name: MetricName): void {
    this.kept(name);
  }

  public has(name: MetricName): boolean {
    return this.metrics.has(keyOf(name));
  }

  /** Whether anything is known of a namespace; of others nothing can be said to be wrong. */
  public knows(namespace: string): boolean {
    return [...this.metrics.values()].some((metric) => metric.namespace === namespace);
  }

  public series(name: MetricName, statistic: string, window: Window): Series {
    const kept = this.metrics.get(keyOf(name));
    return {
      label: Object.values(name.dimensions).join(' ') || name.metricName,
      values: kept ? aggregate(kept, statistic, window) : new Map(),
    };
  }

  /** The series that a SEARCH finds: one metric name over every metric with exactly these dimensions. */
  public search(query: string, statistic: string, window: Window): Series[] {
    const [, schema = '', metricName] = SEARCH.exec(query.trim()) ?? [];
    const [namespace, ...dimensions] = schema.split(',').map((part) => part.trim().replace(/^"|"$/g, ''));
    if (metricName === undefined || dimensions.length === 0) {
      throw new Error(`SEARCH is drawn for {namespace,dimension} MetricName="name" only, got ${query}`);
    }
    const wanted = [...dimensions].sort().join();
    const found = [...this.metrics.values()].filter(
      (metric) =>
        metric.namespace === namespace && metric.metricName === metricName && Object.keys(metric.dimensions).sort().join() === wanted,
    );
    if (found.length === 0 && this.knows(namespace ?? '')) {
      throw new Error(`SEARCH finds no metric '${metricName}' with the dimensions ${dimensions.join(', ')} in ${namespace}`);
    }
    return found.map((metric) => this.series(metric, statistic, window)).filter(({ values }) => values.size > 0);
  }

  private kept(name: MetricName): Kept {
    const key = keyOf(name);
    let kept = this.metrics.get(key);
    if (!kept) {
      this.metrics.set(key, (kept = { ...name, minutes: new Map() }));
    }
    return kept;
  }
}

function aggregate({ minutes }: Kept, statistic: string, { starts, periodSeconds }: Window): Map<number, number> {
  const [first = 0] = starts;
  const end = (starts.at(-1) ?? 0) + periodSeconds;
  const buckets = new Map<number, number[]>();
  for (const [minute, values] of minutes) {
    if (minute >= first && minute < end) {
      const start = first + Math.floor((minute - first) / periodSeconds) * periodSeconds;
      const bucket = buckets.get(start);
      if (bucket) {
        bucket.push(...values);
      } else {
        buckets.set(start, [...values]);
      }
    }
  }
  const points = [...buckets].sort(([a], [b]) => a - b);
  return new Map(points.map(([start, values]) => [start, statisticOf(statistic, values)]));
}

function statisticOf(statistic: string, values: number[]): number {
  const percentile = /^p(\d+(?:\.\d+)?)$/.exec(statistic)?.[1];
  if (percentile !== undefined) {
    const sorted = values.sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil((Number(percentile) / 100) * sorted.length) - 1)]!;
  }
  if (!Object.hasOwn(STATISTICS, statistic)) {
    throw new Error(`the statistic '${statistic}' is not among ${Object.keys(STATISTICS).join(', ')} and percentiles`);
  }
  return STATISTICS[statistic]!(values);
}

const keys = new WeakMap<MetricName, string>();

/** Names are used again and again: the key of each is made once. */
function keyOf(name: MetricName): string {
  let key = keys.get(name);
  if (key === undefined) {
    const dimensions = Object.entries(name.dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
    keys.set(name, (key = JSON.stringify([name.namespace, name.metricName, dimensions])));
  }
  return key;
}

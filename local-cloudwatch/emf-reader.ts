import type { MetricName } from './stored-metric';

/** A value of the format: a number, all values of a period, those with their counts, or only their statistics. */
export type EmfValue = number | readonly number[] | EmfHistogram | EmfStatistics;

interface EmfHistogram {
  readonly Values: readonly number[];
  readonly Counts: readonly number[];
}

interface EmfStatistics {
  readonly Min: number;
  readonly Max: number;
  readonly Sum: number;
  readonly Count: number;
}

/** One datapoint of a line in embedded metric format. */
export interface EmfDatum extends MetricName {
  /** In milliseconds. */
  readonly timestamp: number;
  readonly unit?: string;
  readonly storageResolution?: number;
  readonly value: EmfValue;
}

interface EmfLine {
  readonly _aws?: { readonly Timestamp: number; readonly CloudWatchMetrics: readonly Directive[] };
  readonly [member: string]: unknown;
}

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: ReadonlyArray<readonly string[]>;
  readonly Metrics: ReadonlyArray<{ readonly Name: string; readonly Unit?: string; readonly StorageResolution?: number }>;
}

/**
 * The datapoints of a log line: one for each metric and set of dimensions, none for a line of another kind.
 * Source: CloudWatch User Guide, "Specification: Embedded metric format". Histograms and statistics are what the
 * OpenTelemetry collector's `awsemf` exporter writes.
 */
export function readEmf(message: string): EmfDatum[] {
  const line = parse(message);
  return (line._aws?.CloudWatchMetrics ?? []).flatMap(({ Namespace: namespace, Dimensions, Metrics }) => {
    // Without a set of dimensions CloudWatch records the metric without dimensions.
    const sets = Dimensions.length > 0 ? Dimensions : [[]];
    const present = Metrics.filter(({ Name }) => line[Name] !== undefined);
    return sets.flatMap((names) => {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(line[name])]));
      return present.map(({ Name: metricName, Unit: unit, StorageResolution: storageResolution }) => ({
        namespace,
        metricName,
        dimensions,
        timestamp: line._aws!.Timestamp,
        unit,
        storageResolution,
        value: line[metricName] as EmfValue,
      }));
    });
  });
}

function parse(message: string): EmfLine {
  try {
    return JSON.parse(message) as EmfLine;
  } catch {
    return {};
  }
}

import type { MetricDatum, StandardUnit } from '@aws-sdk/client-cloudwatch';

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit?: StandardUnit; readonly StorageResolution?: number }[];
}

interface EmbeddedMetrics {
  readonly _aws?: { readonly Timestamp: number; readonly CloudWatchMetrics: readonly Directive[] };
  readonly [name: string]: unknown;
}

/** A value of the format: a number, a list of numbers, or the values and counts of a histogram. */
type Value = number | readonly number[] | { readonly Values: readonly number[]; readonly Counts: readonly number[] } | StatisticSet;

interface StatisticSet {
  readonly Min: number;
  readonly Max: number;
  readonly Sum: number;
  readonly Count: number;
}

/** The datums of all log lines in embedded metric format, by namespace; other lines are passed over. */
export function datumsOf(messages: readonly string[]): Map<string, MetricDatum[]> {
  const byNamespace = new Map<string, MetricDatum[]>();
  for (const line of messages.map(parse)) {
    for (const directive of line._aws?.CloudWatchMetrics ?? []) {
      const datums = byNamespace.get(directive.Namespace) ?? [];
      datums.push(...datumsOfDirective(line, directive));
      byNamespace.set(directive.Namespace, datums);
    }
  }
  return byNamespace;
}

function datumsOfDirective(line: EmbeddedMetrics, directive: Directive): MetricDatum[] {
  // Without a dimension set CloudWatch records the metric without dimensions.
  const sets = directive.Dimensions.length ? directive.Dimensions : [[]];
  return sets.flatMap((names) =>
    directive.Metrics.filter(({ Name }) => line[Name] !== undefined).map((metric) => ({
      MetricName: metric.Name,
      Unit: metric.Unit,
      StorageResolution: metric.StorageResolution,
      Timestamp: new Date(line._aws?.Timestamp ?? 0),
      Dimensions: names.map((Name) => ({ Name, Value: String(line[Name]) })),
      ...valueOf(line[metric.Name] as Value),
    })),
  );
}

function valueOf(value: Value): Partial<MetricDatum> {
  if (typeof value === 'number') {
    return { Value: value };
  }
  if ('Values' in value) {
    return { Values: [...value.Values], Counts: [...value.Counts] };
  }
  if ('Count' in value) {
    return { StatisticValues: { Minimum: value.Min, Maximum: value.Max, Sum: value.Sum, SampleCount: value.Count } };
  }
  return { Values: [...value] };
}

function parse(message: string): EmbeddedMetrics {
  try {
    return JSON.parse(message) as EmbeddedMetrics;
  } catch {
    return {};
  }
}

import type { MetricDatum, StandardUnit } from '@aws-sdk/client-cloudwatch';
import { type EmfValue, readEmf } from '../../../local-cloudwatch/emf-reader';

/** The datums of all log lines in embedded metric format, by namespace. Other lines are passed over. */
export function datumsOf(messages: readonly string[]): Map<string, MetricDatum[]> {
  const byNamespace = new Map<string, MetricDatum[]>();
  for (const { namespace, metricName, dimensions, timestamp, unit, storageResolution, value } of messages.flatMap(readEmf)) {
    const datums = byNamespace.get(namespace) ?? [];
    byNamespace.set(namespace, datums);
    datums.push({
      MetricName: metricName,
      Unit: unit as StandardUnit | undefined,
      StorageResolution: storageResolution,
      Timestamp: new Date(timestamp),
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      ...valueOf(value),
    });
  }
  return byNamespace;
}

function valueOf(value: EmfValue): Partial<MetricDatum> {
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

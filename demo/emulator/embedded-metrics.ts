import { type MetricDatum, PutMetricDataCommand, type StandardUnit } from '@aws-sdk/client-cloudwatch';
import { type EmfValue, readEmf } from '../../local-cloudwatch/emf-reader';
import type { Clients } from './clients';

/** PutMetricData takes at most 1,000 datums and 1 MB in one request; these are below both. */
const DATUMS_PER_REQUEST = 500;

/** Makes metrics of the lines in embedded metric format, as CloudWatch does on AWS. */
export async function putMetricsOf({ cloudWatch }: Clients, lines: readonly string[]): Promise<void> {
  for (const [Namespace, datums] of datumsOf(lines)) {
    for (let start = 0; start < datums.length; start += DATUMS_PER_REQUEST) {
      await cloudWatch.send(new PutMetricDataCommand({ Namespace, MetricData: datums.slice(start, start + DATUMS_PER_REQUEST) }));
    }
  }
}

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

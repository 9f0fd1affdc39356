import type { Attributes } from '@opentelemetry/api';
import { DataPointType, type MetricData, type ResourceMetrics } from '@opentelemetry/sdk-metrics';

/** Limits of the embedded metric format. */
const MAX_VALUES = 100;
const MAX_DIMENSIONS = 30;
const MAX_METRICS = 100;

/** CloudWatch has no unit for USD: it is left out. */
const UNITS: Readonly<Record<string, string>> = { '{token}': 'Count', '{call}': 'Count', '{record}': 'Count', s: 'Seconds' };

interface Line {
  readonly attributes: Attributes;
  readonly metrics: Array<{ Name: string; Unit?: string }>;
  readonly values: Record<string, number | number[]>;
}

/** Writes one reading as lines of the embedded metric format: one for each set of attributes. */
export function emfLines(reading: ResourceMetrics, namespace: string, timestamp: number): string[] {
  const lines = new Map<string, Line[]>();
  for (const metric of reading.scopeMetrics.flatMap((scope) => scope.metrics)) {
    for (const point of metric.dataPoints) {
      const values = chunks(valuesOf(metric, point));
      values.forEach((value, i) => put(lineAt(lines, point.attributes, i), metric, value));
    }
  }
  return [...lines.values()].flat().map((line) => render(line, namespace, timestamp));
}

/** A histogram needs more lines than one where it has more values than a line may hold. */
function lineAt(lines: Map<string, Line[]>, attributes: Attributes, index: number): Line {
  const key = JSON.stringify(attributes);
  const group = lines.get(key) ?? [];
  lines.set(key, group);
  return (group[index] ??= { attributes, metrics: [], values: {} });
}

function put(line: Line, metric: MetricData, value: number | number[]): void {
  if (line.metrics.length < MAX_METRICS) {
    line.metrics.push({ Name: metric.descriptor.name, Unit: UNITS[metric.descriptor.unit] });
    line.values[metric.descriptor.name] = value;
  }
}

function render({ attributes, metrics, values }: Line, namespace: string, timestamp: number): string {
  const dimensions = Object.fromEntries(Object.entries(attributes).slice(0, MAX_DIMENSIONS));
  const directive = { Namespace: namespace, Dimensions: [Object.keys(dimensions)], Metrics: metrics };
  return JSON.stringify({ _aws: { Timestamp: timestamp, CloudWatchMetrics: [directive] }, ...dimensions, ...values });
}

function chunks(value: number | number[]): Array<number | number[]> {
  if (typeof value === 'number') {
    return [value];
  }
  return Array.from({ length: Math.ceil(value.length / MAX_VALUES) }, (_, i) => value.slice(i * MAX_VALUES, (i + 1) * MAX_VALUES));
}

function valuesOf(metric: MetricData, point: MetricData['dataPoints'][number]): number | number[] {
  if (metric.dataPointType !== DataPointType.EXPONENTIAL_HISTOGRAM) {
    return point.value as number;
  }
  const { positive, scale, zeroCount, min, max } = point.value as (typeof metric.dataPoints)[number]['value'];
  const base = 2 ** (2 ** -scale);
  const values = new Array<number>(zeroCount).fill(0);
  positive.bucketCounts.forEach((count, i) => {
    const middle = base ** (positive.offset + i) * ((1 + base) / 2);
    const value = Number(Math.min(max ?? middle, Math.max(min ?? middle, middle)).toPrecision(4));
    values.push(...new Array<number>(count).fill(value));
  });
  return values;
}

import type { Attributes } from '@opentelemetry/api';
import { DataPointType, type MetricData, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { Reading } from '../telemetry/emf';
import { Metrics } from '../telemetry/names';

/** CloudWatch's units by OpenTelemetry's. CloudWatch has none for USD: a metric in USD is published without a unit. */
const UNITS: Readonly<Record<string, string>> = {
  '{token}': 'Count',
  '{call}': 'Count',
  '{record}': 'Count',
  '{value}': 'Count',
  '{lookup}': 'Count',
  s: 'Seconds',
};

/** The attribute of the point that has what is beyond the limit on sets of attributes. Source: OpenTelemetry, "Metrics SDK". */
const OVERFLOW = 'otel.metric.overflow';

/** A reading with its unit in the words of OpenTelemetry. */
export interface OtelReading extends Reading {
  readonly otelUnit: string;
}

/** What OpenTelemetry collected, as readings for the embedded metric format: one for each metric and set of attributes. */
export function readingsOf(collected: ResourceMetrics): OtelReading[] {
  const readings: OtelReading[] = [];
  for (const metric of collected.scopeMetrics.flatMap(({ metrics }) => metrics)) {
    const { name, unit } = metric.descriptor;
    for (const point of metric.dataPoints) {
      // It has no dimension that anything reads. The total holds what is in it, and its loss is counted.
      const isOverflow = OVERFLOW in point.attributes;
      readings.push(
        isOverflow
          ? { metric: Metrics.VALUES_FOLDED, value: 1, unit: 'Count', otelUnit: '{value}' }
          : { metric: name, value: valueOf(metric, point), unit: UNITS[unit], otelUnit: unit, dimensions: dimensionsOf(point.attributes) },
      );
    }
  }
  return readings;
}

const dimensionsOf = (attributes: Attributes): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]));

/** A sum is one number. A histogram becomes the middle of each bucket, as often as the bucket counted: CloudWatch computes percentiles from values. */
function valueOf(metric: MetricData, point: MetricData['dataPoints'][number]): number | number[] {
  if (metric.dataPointType !== DataPointType.EXPONENTIAL_HISTOGRAM) {
    return point.value as number;
  }
  const { positive, scale, zeroCount, min, max } = point.value as (typeof metric.dataPoints)[number]['value'];
  const base = 2 ** (2 ** -scale);
  const values = new Array<number>(zeroCount).fill(0);
  positive.bucketCounts.forEach((count, i) => {
    const middle = base ** (positive.offset + i) * ((1 + base) / 2);
    const value = Number(Math.min(max ?? middle, Math.max(min ?? middle, middle)).toPrecision(4));
    // One by one: a busy minute has more values than a call may have arguments.
    for (let n = 0; n < count; n++) {
      values.push(value);
    }
  });
  return values;
}

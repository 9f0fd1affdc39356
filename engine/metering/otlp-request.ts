import { BOUNDS, type OtlpPoint } from './otlp-points';

/** AggregationTemporality in metrics.proto of OTLP. */
const TEMPORALITY = { delta: 1, cumulative: 2 } as const;

interface OtlpRequestOptions {
  readonly temporality: keyof typeof TEMPORALITY;
  readonly resourceAttributes: Readonly<Record<string, string>>;
  /** The instrumentation scope, which is the namespace in CloudWatch. */
  readonly scope: string;
}

/** The body of a request in OTLP/JSON: integers of 64 bits are texts, as the JSON encoding of Protocol Buffers has them. */
export function otlpRequest(points: readonly OtlpPoint[], { temporality, resourceAttributes, scope }: OtlpRequestOptions): string {
  const metrics = [...grouped(points).values()].map(([first, ...others]) => {
    const { metric: name, unit, kind } = first!;
    return {
      name,
      unit,
      [kind]: {
        dataPoints: [first!, ...others].map(dataPoint),
        ...(kind !== 'gauge' && { aggregationTemporality: TEMPORALITY[temporality] }),
        ...(kind === 'sum' && { isMonotonic: true }),
      },
    };
  });
  const resource = { attributes: attributesOf(resourceAttributes) };
  return JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: scope }, metrics }] }] });
}

function grouped(points: readonly OtlpPoint[]): Map<string, OtlpPoint[]> {
  const byMetric = new Map<string, OtlpPoint[]>();
  for (const point of points) {
    const found = byMetric.get(point.metric);
    if (found) {
      found.push(point);
    } else {
      byMetric.set(point.metric, [point]);
    }
  }
  return byMetric;
}

function dataPoint({ attributes, start, time, value, buckets }: OtlpPoint): unknown {
  const common = { attributes: attributesOf(attributes), startTimeUnixNano: nanos(start), timeUnixNano: nanos(time) };
  if (buckets === undefined) {
    return { ...common, asDouble: value };
  }
  const count = buckets.reduce((total, each) => total + each, 0);
  return { ...common, count: String(count), sum: value, bucketCounts: buckets.map(String), explicitBounds: BOUNDS };
}

const nanos = (milliseconds: number): string => `${Math.round(milliseconds)}000000`;

const attributesOf = (attributes: Readonly<Record<string, string>>): unknown[] =>
  Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));

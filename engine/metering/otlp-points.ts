import { Attributes, costBy, Metrics, MODEL_PRICE } from '../telemetry/names';
import type { OtelReading } from './otel-readings';
import type { MinuteReadings, ModelPrice } from './otlp-readings';

/** A data point, with the metric to which it belongs. */
export interface OtlpPoint {
  readonly metric: string;
  readonly unit: string;
  readonly kind: 'sum' | 'histogram' | 'gauge';
  /** Of points with one key only the last one is worth sending. */
  readonly key: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** In milliseconds since the epoch. */
  readonly start: number;
  readonly time: number;
  readonly value: number;
  /** Of a histogram: how many values are in each bucket. */
  readonly buckets?: readonly number[];
}

/** In seconds: what the GenAI conventions v1.41 advise for `gen_ai.client.operation.duration`. */
export const BOUNDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

const MINUTE = 60_000;

type Named = Pick<OtlpPoint, 'metric' | 'unit' | 'kind' | 'attributes' | 'value' | 'buckets'>;

/** Turns readings into data points: of the minute of the calls, or since the start of the process. */
export class OtlpPoints {
  private readonly totals = new Map<string, Named>();
  private sequence = 0;

  /** @param start when the process began, in milliseconds since the epoch */
  constructor(
    private readonly temporality: 'delta' | 'cumulative',
    private readonly start: number,
  ) {}

  public of(minutes: readonly MinuteReadings[], now: number): OtlpPoint[] {
    return minutes.flatMap(({ minute, readings, prices }) => {
      const named = readings.flatMap((reading) => namedFor(reading) ?? []);
      const time = this.timeIn(minute);
      const sums =
        this.temporality === 'delta'
          ? named.map((each) => ({ ...each, key: `${time} ${keyOf(each)}`, start: minute, time }))
          : named.flatMap((each) => this.cumulative(each, now));
      return [...sums, ...prices.map((price) => priceAt(price, now))];
    });
  }

  /** Never one time twice: calls of a minute can come in several batches, and backends keep one point of a series for each time. */
  private timeIn(minute: number): number {
    this.sequence = (this.sequence + 1) % MINUTE;
    return minute + Math.max(this.sequence, 1);
  }

  /** A new series begins with zero: what it had before its first point would not be seen by rates and increases. */
  private cumulative(added: Named, now: number): OtlpPoint[] {
    const { start } = this;
    const key = keyOf(added);
    const known = this.totals.get(key);
    const total = known ? sumOf(known, added) : added;
    this.totals.set(key, total);
    const point = { ...total, key, start, time: Math.max(now, start + 1) };
    return known ? [point] : [{ ...emptied(added), key: `0 ${key}`, start, time: start }, point];
  }
}

/** The total is left out, because it is the sum over the models, and each other breakdown is a metric of its own. */
function namedFor({ metric, value, otelUnit: unit, dimensions: attributes = {} }: OtelReading): Named | undefined {
  if (typeof value !== 'number') {
    return { metric, unit, kind: 'histogram', attributes, value: sum(value), buckets: bucketsOf(value) };
  }
  const [attribute] = Object.keys(attributes);
  if (metric === Metrics.COST && attribute === undefined) {
    return undefined;
  }
  const name = metric === Metrics.COST && attribute !== Attributes.REQUEST_MODEL ? costBy(attribute!) : metric;
  return { metric: name, unit, kind: 'sum', attributes, value };
}

function priceAt({ value, attributes }: ModelPrice, now: number): OtlpPoint {
  const price = { metric: MODEL_PRICE, unit: 'USD', kind: 'gauge', attributes, value, start: now, time: now } as const;
  return { ...price, key: keyOf(price) };
}

function bucketsOf(values: readonly number[]): number[] {
  const buckets = new Array<number>(BOUNDS.length + 1).fill(0);
  for (const value of values) {
    const at = BOUNDS.findIndex((bound) => value <= bound);
    buckets[at === -1 ? BOUNDS.length : at]! += 1;
  }
  return buckets;
}

const keyOf = ({ metric, attributes }: Pick<Named, 'metric' | 'attributes'>): string => JSON.stringify([metric, attributes]);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const sumOf = (one: Named, other: Named): Named => ({
  ...one,
  value: one.value + other.value,
  buckets: one.buckets?.map((count, i) => count + other.buckets![i]!),
});

const emptied = (named: Named): Named => ({ ...named, value: 0, buckets: named.buckets?.map(() => 0) });

import { emfLines, type Reading } from '../../telemetry/emf';
import { AgentMetrics } from '../../telemetry/agent-names';
import { Attributes } from '../../telemetry/names';
import { ValueTexts } from '../../metering/dimension-value';
import { DimensionValues } from '../../metering/dimension-values';
import type { AgentReading } from './agent-readings';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** CloudWatch takes metrics up to two weeks old and two hours ahead: API reference, PutMetricData. Five minutes are kept free. */
const OLDEST = 14 * 24 * HOUR - 5 * MINUTE;
const NEWEST = 2 * HOUR - 5 * MINUTE;

/** Metrics that are distributions: their values stay apart. Others are added up. */
const DISTRIBUTIONS: ReadonlySet<string> = new Set([
  AgentMetrics.DURATION,
  AgentMetrics.FIRST_TOKEN,
  AgentMetrics.RUN_DURATION,
  AgentMetrics.RUN_CALLS,
  AgentMetrics.RUN_LOOP,
]);

/** Values with the highest of these come first. */
const COSTS: ReadonlySet<string> = new Set([AgentMetrics.COST_ESTIMATE, AgentMetrics.RUNTIME_COST]);

/** The weight of a value without a cost, so that values with costs come first when there are too many. */
const LEAST_WEIGHT = 1n;

/** Which values of each dimension have metrics of their own, from batch to batch. */
export class AgentDimensions {
  private readonly values = new Map<string, DimensionValues>();
  private readonly texts = new ValueTexts();

  /** @param allowed the attributes that may be dimensions */
  constructor(allowed: readonly string[], cap: number) {
    for (const dimension of allowed) this.values.set(dimension, new DimensionValues(cap));
    this.values.set(Attributes.TOKEN_TYPE, new DimensionValues(cap));
  }

  /** The value as CloudWatch takes it; undefined where it has none, or the dimension is not on the allow-list. */
  public text(dimension: string, value: string | undefined): string | undefined {
    return this.values.has(dimension) ? this.texts.of(value) : undefined;
  }

  public publish(dimension: string, weights: ReadonlyMap<string, bigint>, now: number): void {
    this.values.get(dimension)?.publish(weights, now);
  }

  public label(dimension: string, value: string): string {
    return this.values.get(dimension)!.label(value);
  }
}

interface Amount {
  readonly metric: string;
  readonly unit?: string;
  readonly dimension?: string;
  readonly value?: string;
  sum: number;
  readonly values: number[];
}

/** Collects readings by minute, and renders them as metric lines. */
export class AgentTotals {
  private readonly minutes = new Map<number, Map<string, Amount>>();
  private outside = 0;

  constructor(
    private readonly dimensions: AgentDimensions,
    private readonly now: number,
  ) {}

  public add(time: number, readings: readonly AgentReading[]): void {
    const minute = Math.floor(time / MINUTE) * MINUTE;
    if (minute < this.now - OLDEST || minute > this.now + NEWEST) {
      this.outside += 1;
      return;
    }
    let amounts = this.minutes.get(minute);
    if (!amounts) this.minutes.set(minute, (amounts = new Map<string, Amount>()));
    for (const reading of readings) {
      for (const by of reading.by) this.addTo(amounts, reading, by);
    }
  }

  public lines(namespace: string): string[] {
    this.publishValues();
    const lines = [...this.minutes].flatMap(([minute, amounts]) => emfLines(namespace, this.readingsOf(amounts), minute));
    return this.outside === 0 ? lines : [...lines, outsideNotice(this.outside)];
  }

  private addTo(amounts: Map<string, Amount>, { metric, unit, value }: AgentReading, by: AgentReading['by'][number]): void {
    const [dimension, raw] = by ?? [];
    const text = dimension === undefined ? undefined : this.dimensions.text(dimension, raw);
    if (dimension !== undefined && text === undefined) return;
    const key = dimension === undefined ? metric : `${metric}\n${dimension}\n${text}`;
    let amount = amounts.get(key);
    if (!amount) amounts.set(key, (amount = { metric, unit, dimension, value: text, sum: 0, values: [] }));
    if (DISTRIBUTIONS.has(metric)) amount.values.push(Number(value.toPrecision(4)));
    else amount.sum += value;
  }

  /** Which values of each dimension are published is decided once, over all minutes. */
  private publishValues(): void {
    const weights = new Map<string, Map<string, bigint>>();
    for (const { metric, dimension, value, sum } of [...this.minutes.values()].flatMap((amounts) => [...amounts.values()])) {
      if (dimension === undefined || value === undefined) continue;
      let ofDimension = weights.get(dimension);
      if (!ofDimension) weights.set(dimension, (ofDimension = new Map<string, bigint>()));
      const weight = COSTS.has(metric) && sum > 0 ? BigInt(Math.round(sum * 1e12)) : LEAST_WEIGHT;
      ofDimension.set(value, (ofDimension.get(value) ?? 0n) + weight);
    }
    weights.forEach((ofDimension, dimension) => this.dimensions.publish(dimension, ofDimension, this.now));
  }

  private readingsOf(amounts: ReadonlyMap<string, Amount>): Reading[] {
    const readings = new Map<string, { reading: Reading; amount: Amount }>();
    const folded = new Set<string>();
    for (const [key, amount] of amounts) {
      const { metric, unit, dimension, value, sum, values } = amount;
      const label = dimension === undefined ? undefined : this.dimensions.label(dimension, value!);
      if (label !== value) folded.add(`${dimension}\n${value}`);
      const labelled = label === undefined ? key : `${metric}\n${dimension}\n${label}`;
      const known = readings.get(labelled);
      const all = known ? { sum: known.amount.sum + sum, values: [...known.amount.values, ...values] } : { sum, values };
      const reading = {
        metric,
        unit,
        value: DISTRIBUTIONS.has(metric) ? all.values : all.sum,
        ...(label !== undefined && { dimensions: { [dimension!]: label } }),
      };
      readings.set(labelled, { reading, amount: { ...amount, ...all } });
    }
    const all = [...readings.values()].map(({ reading }) => reading);
    return folded.size === 0 ? all : [...all, { metric: AgentMetrics.VALUES_FOLDED, value: folded.size, unit: 'Count' }];
  }
}

const outsideNotice = (count: number): string =>
  JSON.stringify({
    level: 'WARN',
    message: `${count} spans or calls are more than two weeks old or two hours ahead: CloudWatch takes no metrics for them, they have lines only`,
  });

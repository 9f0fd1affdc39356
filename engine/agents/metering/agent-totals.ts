import { emfLines, type Reading } from '../../telemetry/emf';
import { AgentMetrics } from '../../telemetry/agent-names';
import { Attributes } from '../../telemetry/names';
import { ValueTexts } from '../../metering/dimension-value';
import { DimensionValues } from '../../metering/dimension-values';
import type { AgentReading } from './agent-readings';
import { Amounts } from './amounts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** CloudWatch takes metrics up to two weeks old and two hours ahead: API reference, PutMetricData. Five minutes are kept free. */
const OLDEST = 14 * 24 * HOUR - 5 * MINUTE;
const NEWEST = 2 * HOUR - 5 * MINUTE;

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

/** Collects readings by minute, and renders them as metric lines. */
export class AgentTotals {
  private readonly minutes = new Map<number, Amounts>();
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
    if (!amounts) this.minutes.set(minute, (amounts = new Amounts()));
    for (const reading of readings) {
      for (const by of reading.by) this.addTo(amounts, reading, by);
    }
  }

  public lines(namespace: string): string[] {
    this.publishValues();
    const lines = [...this.minutes].flatMap(([minute, amounts]) => emfLines(namespace, this.readingsOf(amounts), minute));
    return this.outside === 0 ? lines : [...lines, outsideNotice(this.outside)];
  }

  private addTo(amounts: Amounts, { metric, unit, value }: AgentReading, by: AgentReading['by'][number]): void {
    const dimension = by?.[0];
    const text = by === undefined ? undefined : this.dimensions.text(by[0], by[1]);
    if (dimension !== undefined && text === undefined) return;
    amounts.of(metric, unit, dimension, text).add(value);
  }

  /** Which values of each dimension are published is decided once, over all minutes. */
  private publishValues(): void {
    const weights = new Map<string, Map<string, bigint>>();
    for (const { metric, dimension, value, sum } of [...this.minutes.values()].flatMap(({ all }) => all)) {
      if (dimension === undefined || value === undefined) continue;
      let ofDimension = weights.get(dimension);
      if (!ofDimension) weights.set(dimension, (ofDimension = new Map<string, bigint>()));
      const weight = COSTS.has(metric) && sum > 0 ? BigInt(Math.round(sum * 1e12)) : LEAST_WEIGHT;
      ofDimension.set(value, (ofDimension.get(value) ?? 0n) + weight);
    }
    weights.forEach((ofDimension, dimension) => this.dimensions.publish(dimension, ofDimension, this.now));
  }

  /** Values that have no metrics of their own are added up. */
  private readingsOf({ all }: Amounts): Reading[] {
    const shown = new Amounts();
    const folded = new Set<string>();
    for (const amount of all) {
      const { metric, unit, dimension, value } = amount;
      const label = dimension === undefined ? undefined : this.dimensions.label(dimension, value!);
      if (label !== value) folded.add(`${dimension}\n${value}`);
      shown.of(metric, unit, dimension, label).addAll(amount);
    }
    const readings = shown.all.map(({ reading }) => reading);
    return folded.size === 0 ? readings : [...readings, { metric: AgentMetrics.VALUES_FOLDED, value: folded.size, unit: 'Count' }];
  }
}

const outsideNotice = (count: number): string =>
  JSON.stringify({
    level: 'WARN',
    message: `${count} spans or calls are more than two weeks old or two hours ahead: CloudWatch takes no metrics for them, they have lines only`,
  });

import { AgentMetrics } from '../../telemetry/agent-names';
import type { Reading } from '../../telemetry/emf';

/** Metrics that are distributions: their values stay apart. Others are added up. */
const DISTRIBUTIONS: ReadonlySet<string> = new Set([
  AgentMetrics.DURATION,
  AgentMetrics.FIRST_TOKEN,
  AgentMetrics.RUN_DURATION,
  AgentMetrics.RUN_CALLS,
  AgentMetrics.RUN_LOOP,
]);

/** What a metric has in a minute, in total or for one value of a dimension. */
export class Amount {
  public sum = 0;
  private readonly values?: number[];

  constructor(
    public readonly metric: string,
    public readonly unit: AmountUnit,
    public readonly dimension: string | undefined,
    public readonly value: string | undefined,
  ) {
    if (DISTRIBUTIONS.has(metric)) this.values = [];
  }

  public get reading(): Reading {
    const { metric, unit, dimension, value } = this;
    const reading = { metric, unit, value: this.values ?? this.sum };
    return dimension === undefined ? reading : { ...reading, dimensions: { [dimension]: value! } };
  }

  /** Four digits of a duration are enough, and its line is shorter. */
  public add(value: number): void {
    if (this.values) this.values.push(Number(value.toPrecision(4)));
    else this.sum += value;
  }

  public addAll({ values = [], sum }: Amount): void {
    for (const value of values) this.values?.push(value);
    this.sum += sum;
  }
}

type AmountUnit = Reading['unit'];

/** Amounts by metric, dimension and value. Maps within maps, because a key of all three would have to be made for each reading. */
export class Amounts {
  private readonly byMetric = new Map<string, Map<string, Map<string, Amount>>>();

  public get all(): Amount[] {
    return [...this.byMetric.values()].flatMap((byDimension) => [...byDimension.values()].flatMap((byValue) => [...byValue.values()]));
  }

  public of(metric: string, unit: AmountUnit, dimension: string | undefined, value: string | undefined): Amount {
    let byDimension = this.byMetric.get(metric);
    if (!byDimension) this.byMetric.set(metric, (byDimension = new Map<string, Map<string, Amount>>()));
    let byValue = byDimension.get(dimension ?? '');
    if (!byValue) byDimension.set(dimension ?? '', (byValue = new Map<string, Amount>()));
    let amount = byValue.get(value ?? '');
    if (!amount) byValue.set(value ?? '', (amount = new Amount(metric, unit, dimension, value)));
    return amount;
  }
}

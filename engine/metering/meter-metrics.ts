import type { Attributes as OtelAttributes, Counter, Histogram } from '@opentelemetry/api';
import { AggregationType, MeterProvider } from '@opentelemetry/sdk-metrics';
import { emfLines } from '../telemetry/emf';
import { Attributes, Metrics, TokenTypes } from '../telemetry/names';
import { TOKEN_BUCKETS, type TokenBucket } from '../pricing/token-buckets';
import type { PicoUsd } from '../pricing/types';
import type { UnitPrices } from '../rating/unit-prices';
import type { Consumption } from './breakdown-totals';
import { DeltaReader } from './delta-reader';
import type { MinuteTotals } from './minute-totals';
import { readingsOf } from './otel-readings';
import type { CostRange, UsageSums } from './usage-sums';

/** The value of `gen_ai.token.type` for each bucket. */
const TOKEN_TYPES: Readonly<Record<TokenBucket, string>> = {
  input: TokenTypes.INPUT,
  cacheRead: TokenTypes.CACHE_READ,
  cacheWrite5m: TokenTypes.CACHE_WRITE,
  cacheWrite1h: TokenTypes.CACHE_WRITE,
  cacheWrite: TokenTypes.CACHE_WRITE,
  output: TokenTypes.OUTPUT,
};

const RECORD_METRICS = [
  ['priced', Metrics.RECORDS_PRICED],
  ['unpriced', Metrics.RECORDS_UNPRICED],
  ['ignored', Metrics.RECORDS_IGNORED],
  ['malformed', Metrics.RECORDS_MALFORMED],
] as const;

/** The latency of a minute, in at most as many buckets as a line of the embedded metric format may have values. */
const LATENCY = { type: AggregationType.EXPONENTIAL_HISTOGRAM, options: { maxSize: 100, recordMinMax: true } } as const;

/**
 * Turns the totals of a minute into OpenTelemetry measurements, and those into lines of the embedded metric format.
 *
 * The provider is our own and never the global one, which belongs to the ADOT layer.
 */
export class MeterMetrics {
  private readonly reader = new DeltaReader();
  private readonly counters = new Map<string, Counter>();
  private readonly duration: Histogram;
  private readonly provider: MeterProvider;

  constructor(private readonly namespace: string) {
    const views = [{ instrumentName: Metrics.DURATION, aggregation: LATENCY }];
    this.provider = new MeterProvider({ readers: [this.reader], views });
    this.duration = this.provider.getMeter(namespace).createHistogram(Metrics.DURATION, { unit: 's' });
  }

  /** The lines of one event minute. */
  public async lines(minute: number, totals: MinuteTotals): Promise<string[]> {
    this.recordStates(totals);
    this.recordCalls(totals);
    this.recordCostByAttribute(totals);
    this.recordTotals(totals);
    return this.recordedLines(minute);
  }

  /** Lines for records that cannot be counted in their own minute: only the states in which they ended. */
  public async stateLines(minute: number, totals: MinuteTotals): Promise<string[]> {
    this.recordStates(totals);
    return this.recordedLines(minute);
  }

  /** Forgets what was recorded and not written. */
  public async drop(): Promise<void> {
    await this.reader.collect();
  }

  private async recordedLines(minute: number): Promise<string[]> {
    const { resourceMetrics, errors } = await this.reader.collect();
    if (errors.length > 0) {
      throw new Error(`metrics cannot be collected: ${errors.map(String).join(', ')}`);
    }
    return emfLines(this.namespace, readingsOf(resourceMetrics), minute);
  }

  private recordStates(totals: MinuteTotals): void {
    for (const [status, name] of RECORD_METRICS) {
      this.add(name, '{record}', totals.records[status]);
    }
  }

  private recordCalls(totals: MinuteTotals): void {
    this.add(Metrics.CALLS, '{call}', totals.calls);
    this.add(Metrics.ERRORS, '{call}', totals.errors);
    if (totals.stopped > 0) {
      this.add(Metrics.COMPLETED, '{call}', totals.completed);
      this.add(Metrics.TRUNCATED, '{call}', totals.truncated);
    }
    for (const latency of totals.latenciesMs) {
      this.duration.record(latency / 1000);
    }
  }

  private recordCostByAttribute({ breakdowns }: MinuteTotals): void {
    for (const { attribute, byValue } of breakdowns) {
      byValue.forEach((consumption, value) => this.add(Metrics.COST, 'USD', usd(costOf([consumption]).low), { [attribute]: value }));
    }
  }

  /** Every priced call has a model: the breakdown by model holds them all. */
  private recordTotals({ breakdowns, records, unpricedUsage }: MinuteTotals): void {
    const byModel = breakdowns.find(({ attribute }) => attribute === Attributes.REQUEST_MODEL);
    const priced = [...(byModel?.byValue.values() ?? [])];
    if (records.priced > 0) {
      const { low, high } = costOf(priced);
      this.add(Metrics.COST, 'USD', usd(low));
      this.add(Metrics.COST_UNCERTAINTY, 'USD', usd(high - low));
    }
    tokensByType(unpricedUsage, priced).forEach((count, type) =>
      this.add(Metrics.TOKENS, '{token}', count, { [Attributes.TOKEN_TYPE]: type }),
    );
    costByType(priced).forEach((cost, type) => this.add(Metrics.COST, 'USD', usd(cost), { [Attributes.TOKEN_TYPE]: type }));
  }

  private add(name: string, unit: string, value: number, attributes: OtelAttributes = {}): void {
    let counter = this.counters.get(name);
    if (!counter) {
      this.counters.set(name, (counter = this.provider.getMeter(this.namespace).createCounter(name, { unit })));
    }
    counter.add(value, attributes);
  }
}

/** Pico-dollars leave exact arithmetic here and nowhere else. */
const usd = (pico: PicoUsd): number => Number(pico) / 1e12;

function costOf(consumptions: readonly Consumption[]): CostRange {
  const total: CostRange = { low: 0n, high: 0n };
  for (const consumption of consumptions) {
    consumption.forEach((sums, unitPrices) => {
      const { units, ...tokens } = sums;
      const { low, high } = unitPrices.cost(tokens);
      total.low += low + units.low;
      total.high += high + units.high;
    });
  }
  return total;
}

function tokensByType(unpriced: UsageSums, priced: readonly Consumption[]): ReadonlyMap<string, number> {
  const tokens = new Map<string, number>();
  for (const sums of [unpriced, ...priced.flatMap((consumption) => [...consumption.values()])]) {
    for (const bucket of TOKEN_BUCKETS) {
      if (sums[bucket] > 0) {
        tokens.set(TOKEN_TYPES[bucket], (tokens.get(TOKEN_TYPES[bucket]) ?? 0) + sums[bucket]);
      }
    }
  }
  return tokens;
}

function costByType(priced: readonly Consumption[]): ReadonlyMap<string, PicoUsd> {
  const costs = new Map<string, PicoUsd>();
  const put = (type: string, cost: PicoUsd) => costs.set(type, (costs.get(type) ?? 0n) + cost);
  const putAll = (sums: UsageSums, unitPrices: UnitPrices) => {
    TOKEN_BUCKETS.forEach((bucket, i) => {
      if (sums[bucket] > 0) {
        put(TOKEN_TYPES[bucket], unitPrices.lowRates[i]! * BigInt(sums[bucket]));
      }
    });
    if (sums.units.low > 0n) {
      put(TokenTypes.UNITS, sums.units.low);
    }
  };
  priced.forEach((consumption) => consumption.forEach(putAll));
  return costs;
}

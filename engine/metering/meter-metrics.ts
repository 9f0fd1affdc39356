import type { Attributes as OtelAttributes, Counter, Histogram } from '@opentelemetry/api';
import { AggregationTemporality, AggregationType, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { Attributes, Metrics, TokenTypes } from '../telemetry/names';
import type { PicoUsd } from '../pricing/types';
import { BUCKETS, NO_USAGE, type UnitPrices } from '../rating/unit-prices';
import { emfLines } from './otel-emf';
import type { Consumption, MinuteTotals, Breakdown, Sums } from './minute-totals';

const TOKEN_TYPES = [
  TokenTypes.INPUT,
  TokenTypes.CACHE_READ,
  TokenTypes.CACHE_WRITE,
  TokenTypes.CACHE_WRITE,
  TokenTypes.CACHE_WRITE,
  TokenTypes.OUTPUT,
] as const;

const RECORD_METRICS = [
  ['priced', Metrics.RECORDS_PRICED],
  ['unpriced', Metrics.RECORDS_UNPRICED],
  ['ignored', Metrics.RECORDS_IGNORED],
  ['malformed', Metrics.RECORDS_MALFORMED],
] as const;

class DeltaReader extends MetricReader {
  constructor() {
    super({ aggregationTemporalitySelector: () => AggregationTemporality.DELTA });
  }

  protected onShutdown(): Promise<void> {
    return Promise.resolve();
  }

  protected onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
}

/** A sum of exact prices, and how much more it could be. */
interface Total {
  low: PicoUsd;
  high: PicoUsd;
}

/**
 * Turns the totals of a minute into OpenTelemetry measurements and those into lines of the embedded metric format.
 *
 * The provider is our own and never the global one, which belongs to the ADOT layer.
 */
export class MeterMetrics {
  private readonly reader = new DeltaReader();
  private readonly counters = new Map<string, Counter>();
  private readonly duration: Histogram;
  private readonly provider: MeterProvider;

  constructor(
    private readonly namespace: string,
    private readonly breakdowns: readonly Breakdown[],
  ) {
    const histogram = { type: AggregationType.EXPONENTIAL_HISTOGRAM, options: { maxSize: 100, recordMinMax: true } } as const;
    this.provider = new MeterProvider({ readers: [this.reader], views: [{ instrumentName: Metrics.DURATION, aggregation: histogram }] });
    this.duration = this.provider.getMeter(namespace).createHistogram(Metrics.DURATION, { unit: 's' });
  }

  /** The lines of one event minute. */
  public async lines(minute: number, totals: MinuteTotals): Promise<string[]> {
    this.recordCounts(totals);
    this.recordCost(totals);
    const { resourceMetrics, errors } = await this.reader.collect();
    if (errors.length > 0) {
      throw new Error(`metrics cannot be collected: ${errors.map(String).join(', ')}`);
    }
    return emfLines(resourceMetrics, this.namespace, minute);
  }

  /** Lines for records that cannot be counted in their own minute; only their states. */
  public async stateLines(minute: number, totals: MinuteTotals): Promise<string[]> {
    this.recordStates(totals);
    return emfLines((await this.reader.collect()).resourceMetrics, this.namespace, minute);
  }

  /** Forgets what was recorded and not written. */
  public async drop(): Promise<void> {
    await this.reader.collect();
  }

  private recordStates(totals: MinuteTotals): void {
    for (const [status, name] of RECORD_METRICS) {
      this.add(name, '{record}', totals.records[status]);
    }
  }

  private recordCounts(totals: MinuteTotals): void {
    this.recordStates(totals);
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

  private recordCost(totals: MinuteTotals): void {
    const tokens = new Map<string, number>();
    const cost = new Map<string, PicoUsd>();
    addTokens(tokens, totals.unpriced);
    const all: Total = { low: 0n, high: 0n };
    this.breakdowns.forEach((breakdown, i) => {
      for (const [value, consumption] of totals.byBreakdown[i] ?? []) {
        const total = totalOf(consumption);
        this.add(Metrics.COST, 'USD', usd(total.low), { [breakdown.attribute]: value });
        if (breakdown.attribute === Attributes.REQUEST_MODEL) {
          all.low += total.low;
          all.high += total.high;
          consumption.forEach((sums, unitPrices) => {
            addTokens(tokens, sums);
            addCost(cost, unitPrices, sums);
          });
        }
      }
    });
    if (totals.records.priced > 0) {
      this.add(Metrics.COST, 'USD', usd(all.low));
      this.add(Metrics.COST_UNCERTAINTY, 'USD', usd(all.high - all.low));
    }
    tokens.forEach((count, type) => this.add(Metrics.TOKENS, '{token}', count, { [Attributes.TOKEN_TYPE]: type }));
    cost.forEach((value, type) => this.add(Metrics.COST, 'USD', usd(value), { [Attributes.TOKEN_TYPE]: type }));
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

function totalOf(consumption: Consumption): Total {
  const total: Total = { low: 0n, high: 0n };
  consumption.forEach((sums, unitPrices) => {
    const cost = unitPrices.cost(sums);
    total.low += cost.low;
    total.high += cost.high;
  });
  return total;
}

function addTokens(tokens: Map<string, number>, sums: Sums): void {
  BUCKETS.forEach((bucket, i) => {
    if (sums[bucket] > 0) {
      tokens.set(TOKEN_TYPES[i]!, (tokens.get(TOKEN_TYPES[i]!) ?? 0) + sums[bucket]);
    }
  });
}

function addCost(cost: Map<string, PicoUsd>, unitPrices: UnitPrices, sums: Sums): void {
  const put = (type: string, value: PicoUsd) => cost.set(type, (cost.get(type) ?? 0n) + value);
  BUCKETS.forEach((bucket, i) => {
    if (sums[bucket] > 0) {
      put(TOKEN_TYPES[i]!, unitPrices.lowRates[i]! * BigInt(sums[bucket]));
    }
  });
  if (sums.units) {
    put(TokenTypes.UNITS, unitPrices.cost({ ...NO_USAGE, units: sums.units }).low);
  }
}

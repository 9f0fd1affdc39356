import type { Attributes as OtelAttributes, Counter, Histogram } from '@opentelemetry/api';
import { AggregationType, MeterProvider } from '@opentelemetry/sdk-metrics';
import { emfLines } from '../telemetry/emf';
import { Attributes, Metrics } from '../telemetry/names';
import type { PicoUsd } from '../pricing/types';
import { costByType, costOf, tokensByType } from './consumption';
import { DeltaReader } from './delta-reader';
import type { MinuteTotals } from './minute-totals';
import { readingsOf } from './otel-readings';
import { type MinuteReadings, ModelPrices } from './otlp-readings';

const RECORD_METRICS = [
  ['priced', Metrics.RECORDS_PRICED],
  ['unpriced', Metrics.RECORDS_UNPRICED],
  ['ignored', Metrics.RECORDS_IGNORED],
  ['malformed', Metrics.RECORDS_MALFORMED],
] as const;

/** The latency of a minute, in at most as many buckets as a line of the embedded metric format may have values. */
const LATENCY = { type: AggregationType.EXPONENTIAL_HISTOGRAM, options: { maxSize: 100, recordMinMax: true } } as const;

interface MeterMetricsProps {
  readonly namespace: string;
  /** Whether tokens, and what they cost, are published by their type. */
  readonly tokenTypes: boolean;
  /** Whether metrics are written as lines. */
  readonly emf: boolean;
  /** Whether readings are kept for an export over OTLP, and with them the prices of models. */
  readonly otlp?: { readonly modelPrices: boolean };
}

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
  private readonly modelPrices = new ModelPrices();
  private collected: MinuteReadings[] = [];

  constructor(private readonly props: MeterMetricsProps) {
    const { namespace } = props;
    const views = [{ instrumentName: Metrics.DURATION, aggregation: LATENCY }];
    this.provider = new MeterProvider({ readers: [this.reader], views });
    this.duration = this.provider.getMeter(namespace).createHistogram(Metrics.DURATION, { unit: 's' });
  }

  /** The lines of one event minute. */
  public async lines(minute: number, totals: MinuteTotals): Promise<string[]> {
    this.recordStates(totals);
    this.recordCalls(totals);
    // First, so that a limit on sets of attributes could never leave them out.
    this.recordTotals(totals);
    this.recordCostByAttribute(totals);
    return this.recordedLines(minute);
  }

  /** Lines for records that cannot be counted in their own minute: only the states in which they ended. */
  public async stateLines(minute: number, totals: MinuteTotals): Promise<string[]> {
    this.recordStates(totals);
    return this.recordedLines(minute);
  }

  /** Lines for optional look-ups that failed. */
  public async failedLookUpLines(minute: number, count: number): Promise<string[]> {
    this.add(Metrics.LOOK_UPS_FAILED, '{lookup}', count);
    return this.recordedLines(minute);
  }

  /** Forgets what was recorded and not written. */
  public async drop(): Promise<void> {
    this.takeReadings();
    await this.reader.collect();
  }

  /** What was written since this was last called, for an export. */
  public takeReadings(): readonly MinuteReadings[] {
    const { collected } = this;
    this.collected = [];
    return collected;
  }

  private async recordedLines(minute: number): Promise<string[]> {
    const { resourceMetrics, errors } = await this.reader.collect();
    if (errors.length > 0) {
      throw new Error(`metrics cannot be collected: ${errors.map(String).join(', ')}`);
    }
    const { otlp, emf, namespace } = this.props;
    const readings = readingsOf(resourceMetrics);
    if (otlp) {
      this.collected.push({ minute, readings, prices: this.modelPrices.take() });
    }
    return emf ? emfLines(namespace, readings, minute) : [];
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

  /** To be called when it is decided which values have metrics of their own. */
  private recordCostByAttribute({ breakdowns }: MinuteTotals): void {
    let folded = 0;
    for (const { breakdown, costs } of breakdowns) {
      costs.forEach(({ low }, value) => {
        const label = breakdown.values.label(value);
        folded += label === value ? 0 : 1;
        this.add(Metrics.COST, 'USD', usd(low), { [breakdown.attribute]: label });
      });
    }
    if (folded > 0) {
      this.add(Metrics.VALUES_FOLDED, '{value}', folded);
    }
  }

  /** Every priced call has a model: the breakdown by model holds them all. */
  private recordTotals({ breakdowns, records, unpricedUsage }: MinuteTotals): void {
    const byModel = breakdowns.find(({ breakdown }) => breakdown.attribute === Attributes.REQUEST_MODEL);
    const priced = [...(byModel?.byValue.values() ?? [])];
    if (records.priced > 0) {
      const { low, high } = costOf(priced);
      this.add(Metrics.COST, 'USD', usd(low));
      this.add(Metrics.COST_UNCERTAINTY, 'USD', usd(high - low));
    }
    if (this.props.otlp?.modelPrices && byModel) {
      this.modelPrices.add(byModel);
    }
    if (!this.props.tokenTypes) {
      return;
    }
    tokensByType(unpricedUsage, priced).forEach((count, type) =>
      this.add(Metrics.TOKENS, '{token}', count, { [Attributes.TOKEN_TYPE]: type }),
    );
    costByType(priced).forEach((cost, type) => this.add(Metrics.COST, 'USD', usd(cost), { [Attributes.TOKEN_TYPE]: type }));
  }

  private add(name: string, unit: string, value: number, attributes: OtelAttributes = {}): void {
    let counter = this.counters.get(name);
    if (!counter) {
      this.counters.set(name, (counter = this.provider.getMeter(this.props.namespace).createCounter(name, { unit })));
    }
    counter.add(value, attributes);
  }
}

/** Pico-dollars leave exact arithmetic here and nowhere else. */
const usd = (pico: PicoUsd): number => Number(pico) / 1e12;

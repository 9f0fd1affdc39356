import { runSchedule } from '../../lambda/publish-signals/publish';
import type { SignalsConfig } from '../../lambda/publish-signals/config';
import type { MetricRead, Period, MetricSource } from '../../local-cloudwatch/alarm-evaluator';
import type { MetricQuery, Points, QueryRow, Sources } from '../../lambda/shared/sources';
import { type LogRow as InsightsRow, runQuery } from '../../local-cloudwatch/logs-insights';
import { Attributes, DEFAULT_NAMESPACE, Metrics, Signals, TokenTypes } from '../../engine/telemetry/names';
import { DAY_MINUTES, type Dimensions, MetricStore, minuteOf, timeOf } from './metric-store';
import type { Call } from './traffic';

const METER = DEFAULT_NAMESPACE;
const BEDROCK = 'AWS/Bedrock';

const SETTING: SignalsConfig = {
  namespace: METER,
  timeZone: 'Europe/Berlin',
  minimumCalls: 20,
  minimumDailyCostUsd: 10,
  minimumHourlyTokens: 100_000,
  ledger: 'ledger',
  spans: 'spans',
  loggingRoles: [],
  budgets: [],
};

/** What happened in an account, and how CloudWatch shows it: metrics, ledger and spans. */
export class SimulatedAccount implements Sources {
  /** The present, in minutes: nothing later can be seen. */
  public now = 0;

  /** @param logDelay how many minutes after a call its record has been metered */
  public static from(past: SimulatedAccount | undefined, logDelay: (minute: number) => number = () => 2): SimulatedAccount {
    const delay = (namespace: string, name: string, minute: number) =>
      name.startsWith('bedrock.signal') || name === Signals.MAINTENANCE ? 0 : namespace === METER ? logDelay(minute) : 1;
    return new SimulatedAccount(past?.store.fork(delay) ?? new MetricStore(delay), [...(past?.ledger ?? [])], [...(past?.spans ?? [])]);
  }

  private constructor(
    public readonly store: MetricStore,
    private readonly ledger: Array<{ minute: number; row: InsightsRow }>,
    private readonly spans: Array<{ minute: number; row: InsightsRow }>,
  ) {}

  /** @param metered whether its record reaches the meter */
  public add(call: Call, metered = true): void {
    const { minute, model, failure } = call;
    const bedrock = (name: string, value: number) => {
      this.store.put(BEDROCK, name, minute, value);
      this.store.put(BEDROCK, name, minute, value, { ModelId: model });
    };
    if (failure === 'throttle') {
      bedrock('InvocationThrottles', 1);
      return;
    }
    bedrock('Invocations', 1);
    if (failure) {
      bedrock(failure === 'server' ? 'InvocationServerErrors' : 'InvocationClientErrors', 1);
    } else {
      bedrock('InvocationLatency', call.latencyMs);
      bedrock('InputTokenCount', call.input);
    }
    if (metered) {
      this.meter(call);
    }
  }

  public addSpan(minute: number, service: string, name: string, error: boolean, durationMs: number): void {
    const members = {
      'resource.attributes.service.name': service,
      name,
      'status.code': error ? 'ERROR' : 'OK',
      durationNano: durationMs * 1e6,
    };
    this.spans.push({ minute, row: new Map(Object.entries(members)) });
  }

  /** Lets the real signals run, and takes up what they publish. */
  public async publish(schedule: string, ledger: boolean): Promise<void> {
    const setting = ledger ? SETTING : { ...SETTING, ledger: undefined };
    const { lines, failures } = await runSchedule(schedule, this, setting, timeOf(this.now));
    if (failures[0]) {
      throw failures[0];
    }
    for (const line of lines) {
      const { _aws, ...values } = JSON.parse(line) as Record<string, unknown> & { _aws?: { Timestamp: number } };
      if (_aws) {
        Object.entries(values).forEach(([name, value]) => this.signal(name, minuteOf(_aws.Timestamp), value as number));
      }
    }
  }

  /** A signal is seen as soon as it is published. Windows end with the present, so it stands in the minute before. */
  public signal(name: string, minute: number, value: number): void {
    this.store.put(METER, name, minute - 1, value);
  }

  public get telemetry(): MetricSource {
    const at = ({ metricName: name, ...metric }: MetricRead, { start, end }: Period, days = 0) => {
      const [from, to] = [start, end].map((second) => minuteOf(second * 1000) - days * DAY_MINUTES);
      return this.store.statistic({ ...metric, name, from: from!, to: to! }, this.now);
    };
    return {
      read: (read) => Promise.resolve(read.periods.map((period) => at(read, period))),
      // A stand-in for the model of CloudWatch: the same time of the seven days before.
      band: (read, width) =>
        Promise.resolve(
          read.periods.map((period) => {
            const past = [1, 2, 3, 4, 5, 6, 7].map((days) => at(read, period, days) ?? 0);
            const mean = past.reduce((sum, value) => sum + value, 0) / past.length;
            const deviation = Math.sqrt(past.reduce((sum, value) => sum + (value - mean) ** 2, 0) / past.length);
            return { lower: mean - width * deviation, upper: mean + width * deviation };
          }),
        ),
    };
  }

  public series(
    { namespace, metricName, dimensions = {}, statistic, periodSeconds }: MetricQuery,
    from: number,
    to: number,
  ): Promise<Points> {
    const step = periodSeconds * 1000;
    const query = { namespace, name: metricName, dimensions, statistic, from: minuteOf(Math.floor(from / step) * step), to: minuteOf(to) };
    const found = this.store.periods({ ...query, length: periodSeconds / 60 }, this.now);
    return Promise.resolve(new Map([...found].map(([minute, value]) => [timeOf(minute), value])));
  }

  public async seriesBy(
    dimension: string,
    query: Omit<MetricQuery, 'dimensions'>,
    from: number,
    to: number,
  ): Promise<ReadonlyMap<string, Points>> {
    const values = this.store.valuesOf(query.namespace, query.metricName, dimension);
    const entries = await Promise.all(
      values.map(async (value) => [value, await this.series({ ...query, dimensions: { [dimension]: value } }, from, to)] as const),
    );
    return new Map(entries.filter(([, points]) => points.size > 0));
  }

  public rows(logGroup: string, query: string, from: number, to: number): Promise<readonly QueryRow[]> {
    const events = (logGroup === 'spans' ? this.spans : this.ledger).filter(
      ({ minute }) => minute >= minuteOf(from) && minute < minuteOf(to),
    );
    const { rows } = runQuery(
      query,
      events.map(({ row }) => row),
    );
    return Promise.resolve(rows.map((row) => Object.fromEntries([...row].map(([name, value]) => [name, String(value)]))));
  }

  private meter(call: Call): void {
    const { minute, failure, usd } = call;
    const put = (name: string, value: number, dimensions: Dimensions = {}) => this.store.put(METER, name, minute, value, dimensions);
    put(Metrics.CALLS, 1);
    if (failure) {
      return;
    }
    put(call.truncated ? Metrics.TRUNCATED : Metrics.COMPLETED, 1);
    put(Metrics.RECORDS_PRICED, usd === undefined ? 0 : 1);
    put(Metrics.RECORDS_UNPRICED, usd === undefined ? 1 : 0);
    if (usd !== undefined) {
      put(Metrics.COST, usd);
    }
    const tokens = {
      [TokenTypes.INPUT]: call.input,
      [TokenTypes.OUTPUT]: call.output,
      [TokenTypes.CACHE_READ]: call.cacheRead,
      [TokenTypes.CACHE_WRITE]: call.cacheWrite,
    };
    Object.entries(tokens).forEach(([type, count]) => put(Metrics.TOKENS, count, { [Attributes.TOKEN_TYPE]: type }));
    const members: Array<[string, string | number]> = [
      ['ledger', 1],
      ['model', call.model],
      ['caller', call.caller],
      ['tokens.input', call.input],
      ['tokens.output', call.output],
      ...(call.cacheWrite ? [['tokens.cacheWrite5m', call.cacheWrite] as [string, number]] : []),
      ...(usd === undefined ? [] : [['costUsd', usd] as [string, number]]),
    ];
    this.ledger.push({ minute, row: new Map(members) });
  }
}

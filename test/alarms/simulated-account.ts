import { roleOf } from '../../engine/records/role';
import { LEDGER_VERSION, Member } from '../../engine/ledger/members';
import { Attributes, DEFAULT_NAMESPACE, Metrics, Signals, TokenTypes } from '../../engine/telemetry/names';
import type { SignalsConfig } from '../../lambda/publish-signals/config';
import { runSchedule } from '../../lambda/publish-signals/publish';
import type { SignalSources } from '../../lambda/publish-signals/signal';
import type { MetricQuery, Points, QueryRow } from '../../lambda/shared/sources';
import type { MetricRead, MetricSource, Period } from '../../local-cloudwatch/alarm-evaluator';
import { readEmf } from '../../local-cloudwatch/emf-reader';
import { runQuery } from '../../local-cloudwatch/logs-insights';
import { type MetricName, MetricStore } from '../../local-cloudwatch/metric-store';
import { serviceMetricsOf } from '../../local-cloudwatch/service-metrics';
import { mean, standardDeviation } from '../../local-cloudwatch/statistics';
import { SimulatedLog } from './simulated-log';
import { DAY_MINUTES, minuteOf, secondsOf, timeOf } from './simulated-time';
import type { Call } from './traffic';

const CONFIG: SignalsConfig = {
  namespace: DEFAULT_NAMESPACE,
  timeZone: 'Europe/Berlin',
  minimumCalls: 20,
  minimumDailyCostUsd: 10,
  minimumHourlyTokens: 100_000,
  ledgerLogGroups: ['ledger'],
  invocations: 'invocations',
  spans: ['spans'],
  loggingRoles: [],
  budgets: [],
};

const ERROR_CODES = { client: 'ValidationException', server: 'InternalServerException', throttle: 'ThrottlingException' };

/** Minutes until a metric of AWS can be read, and until a record has been metered where an incident does not delay it. */
const SERVICE_DELAY = 1;
export const RECORD_DELAY = 2;
/** No incident delays records by more. */
const LONGEST_DELAY = 15;

/** What happened in an account, and how CloudWatch shows it: metrics, ledger and spans. */
export class SimulatedAccount implements SignalSources {
  /** The present in minutes: nothing later can be seen. */
  public now = 0;
  /** The log group to which records are delivered. */
  public deliversTo: (minute: number) => string | undefined = () => CONFIG.invocations;
  private meteredCalls = 0;
  private spanCount = 0;

  /** @param recordDelay how many minutes after a call its record has been metered */
  public static create(recordDelay: (minute: number) => number = () => RECORD_DELAY): SimulatedAccount {
    return new SimulatedAccount(new MetricStore(delayOf(recordDelay)), new SimulatedLog(), new SimulatedLog());
  }

  private constructor(
    private readonly store: MetricStore,
    private readonly ledger: SimulatedLog,
    private readonly spans: SimulatedLog,
  ) {}

  /** An account with the same past, whose later records take their own time. */
  public fork(recordDelay: (minute: number) => number): SimulatedAccount {
    return new SimulatedAccount(this.store.fork(delayOf(recordDelay)), this.ledger.fork(), this.spans.fork());
  }

  /** @param metered whether its record reaches the meter */
  public add(call: Call, metered = true): void {
    const failure = call.failure && ERROR_CODES[call.failure];
    const answer = failure
      ? {}
      : {
          latencyMs: call.latencyMs,
          inputTokens: call.input,
          outputTokens: call.output,
          cacheReadTokens: call.cacheRead,
          cacheWriteTokens: call.cacheWrite,
        };
    for (const datum of serviceMetricsOf({ ...answer, errorCode: failure, modelId: call.model })) {
      this.put(datum, call.minute, datum.value);
    }
    if (metered && call.failure !== 'throttle') {
      this.meter(call);
    }
  }

  public addSpan(minute: number, span: { service: string; name: string; failed: boolean; durationMs: number }): void {
    this.spans.add(minute, [
      ['spanId', `${minute} ${(this.spanCount += 1)}`],
      ['attributes.gen_ai.operation.name', 'execute_tool'],
      ['resource.attributes.service.name', span.service],
      ['name', span.name],
      ['status.code', span.failed ? 'ERROR' : 'OK'],
      ['durationNano', span.durationMs * 1e6],
    ]);
  }

  public put(name: MetricName, minute: number, value: number): void {
    this.store.put(name, secondsOf(minute), [value]);
  }

  /** Puts a signal where an alarm that is evaluated at that minute reads it: periods end with the minute before. */
  public putSignal(metricName: string, minute: number, value: number, dimensions: MetricName['dimensions'] = {}): void {
    this.put({ namespace: DEFAULT_NAMESPACE, metricName, dimensions }, minute - 1, value);
  }

  /** Runs the real signals, and puts what they publish. */
  public async publish(schedule: string, ledger: boolean): Promise<void> {
    const config = ledger ? CONFIG : { ...CONFIG, ledgerLogGroups: [] };
    const { lines, failures } = await runSchedule(schedule, this, config, timeOf(this.now));
    if (failures[0]) {
      throw failures[0];
    }
    this.putLines(lines);
  }

  /** A run whose signals are not simulated: it did not fail, and that is all. */
  public beat(schedule: string, minute: number): void {
    this.putSignal(Signals.RUNS, minute, 1, { [Attributes.SCHEDULE]: schedule });
  }

  /** Puts the metrics that a function wrote. */
  public putLines(lines: readonly string[]): void {
    for (const { metricName, dimensions, timestamp, value } of lines.flatMap(readEmf)) {
      this.putSignal(metricName, minuteOf(timestamp), value as number, dimensions);
    }
  }

  /** How alarms read the account. */
  public get metrics(): MetricSource {
    const read = ({ statistic, ...name }: MetricRead, { start, end }: Period, daysAgo = 0) => {
      const shift = daysAgo * DAY_MINUTES * 60;
      return this.store.statistic(name, statistic, { start: start - shift, end: end - shift }, secondsOf(this.now));
    };
    return {
      read: (metric) => Promise.resolve(metric.periods.map((period) => read(metric, period))),
      // Stands in for the model of CloudWatch, which is not published: the same time of the seven days before.
      band: (metric, deviations) =>
        Promise.resolve(
          metric.periods.map((period) => {
            const past = [1, 2, 3, 4, 5, 6, 7].map((daysAgo) => read(metric, period, daysAgo) ?? 0);
            const width = deviations * standardDeviation(past);
            return { lower: mean(past) - width, upper: mean(past) + width };
          }),
        ),
    };
  }

  public series(query: MetricQuery, from: number, to: number): Promise<Points> {
    const { statistic, periodSeconds, dimensions = {}, ...name } = query;
    const first = Math.floor(from / 1000 / periodSeconds) * periodSeconds;
    const starts = Array.from({ length: Math.ceil((to / 1000 - first) / periodSeconds) }, (_, index) => first + index * periodSeconds);
    const points = new Map<number, number>();
    this.store.values({ ...name, dimensions }, statistic, { starts, periodSeconds }, secondsOf(this.now)).forEach((value, index) => {
      if (value !== undefined) {
        points.set(starts[index]! * 1000, value);
      }
    });
    return Promise.resolve(points);
  }

  public async seriesBy(
    dimension: string,
    query: Omit<MetricQuery, 'dimensions'>,
    from: number,
    to: number,
  ): Promise<ReadonlyMap<string, Points>> {
    const metrics = this.store.metricsWith(query.namespace, query.metricName, [dimension]);
    const entries = await Promise.all(
      metrics.map(async ({ dimensions }) => [dimensions[dimension]!, await this.series({ ...query, dimensions }, from, to)] as const),
    );
    return new Map(entries.filter(([, points]) => points.size > 0));
  }

  public deliveryLogGroup(): Promise<string | undefined> {
    return Promise.resolve(this.deliversTo(this.now));
  }

  public rows(logGroup: string | readonly string[], query: string, from: number, to: number): Promise<readonly QueryRow[]> {
    const log = [logGroup].flat().includes('ledger') ? this.ledger : this.spans;
    const { rows } = runQuery(query, log.between(minuteOf(from), minuteOf(to)));
    return Promise.resolve(rows.map((row) => Object.fromEntries([...row].map(([name, value]) => [name, String(value)]))));
  }

  /** What the cost meter publishes for a call, and its ledger line. */
  private meter({ minute, model, caller, failure, usd, truncated, input, output, cacheRead, cacheWrite }: Call): void {
    const put = (metricName: string, value: number, dimensions = {}) =>
      this.put({ namespace: DEFAULT_NAMESPACE, metricName, dimensions }, minute, value);
    put(Metrics.CALLS, 1);
    if (failure) {
      return;
    }
    put(truncated ? Metrics.TRUNCATED : Metrics.COMPLETED, 1);
    put(Metrics.RECORDS_PRICED, usd === undefined ? 0 : 1);
    put(Metrics.RECORDS_UNPRICED, usd === undefined ? 1 : 0);
    if (usd !== undefined) {
      put(Metrics.COST, usd);
      put(Metrics.COST, usd, { [Attributes.REQUEST_MODEL]: model });
    }
    put(Metrics.TOKENS, input, { [Attributes.TOKEN_TYPE]: TokenTypes.INPUT });
    put(Metrics.TOKENS, output, { [Attributes.TOKEN_TYPE]: TokenTypes.OUTPUT });
    put(Metrics.TOKENS, cacheRead, { [Attributes.TOKEN_TYPE]: TokenTypes.CACHE_READ });
    put(Metrics.TOKENS, cacheWrite, { [Attributes.TOKEN_TYPE]: TokenTypes.CACHE_WRITE });
    this.ledger.add(minute, [
      [Member.ledger, LEDGER_VERSION],
      [Member.time, new Date(timeOf(minute)).toISOString()],
      [Member.status, usd === undefined ? 'unpriced' : 'priced'],
      [Member.requestId, `${minute} ${(this.meteredCalls += 1)}`],
      [Member.model, model],
      [Member.caller, caller],
      [Member.role, roleOf(caller)],
      [Member.tokens.input, input],
      [Member.tokens.output, output],
      ...(cacheWrite ? [[Member.tokens.cacheWrite5m, cacheWrite] as const] : []),
      ...(usd === undefined ? [] : [[Member.costUsd, usd] as const]),
    ]);
  }
}

/** Signals can be read as soon as they are published, metrics of AWS after a minute, those of the meter after its delay. */
function delayOf(recordDelay: (minute: number) => number) {
  const origin = timeOf(0) / 60_000;
  const minutes = ({ namespace, metricName }: MetricName, minute: number) => {
    if (namespace !== DEFAULT_NAMESPACE) {
      return SERVICE_DELAY;
    }
    return metricName.startsWith('bedrock.signal') ? 0 : recordDelay(minute - origin);
  };
  return { minutes, longest: LONGEST_DELAY };
}

import { readMeterConfig } from '../../engine/metering/meter-config';
import { Meter } from '../../engine/metering/meter';
import type { ResolvedProfiles } from '../../engine/metering/meter-environment';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { Attributes, Metrics, Signals, TokenTypes } from '../../engine/telemetry/names';
import { eventRow, type LogRow } from '../../local-cloudwatch/logs-insights';
import { MetricStore } from '../../local-cloudwatch/metric-store';
import { addServiceMetrics, declareServiceMetrics } from '../../local-cloudwatch/service-metrics';

/** What is there to be drawn. */
export interface Measurement {
  readonly metrics: MetricStore;
  readonly ledger: readonly LogRow[];
  /** The end of the time shown, in milliseconds. */
  readonly end: number;
}

/** One invocation log record, and when the call was made. */
export interface TimedRecord {
  readonly time: number;
  readonly message: string;
}

interface Emf {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: ReadonlyArray<{
      readonly Namespace: string;
      readonly Dimensions: ReadonlyArray<readonly string[]>;
      readonly Metrics: ReadonlyArray<{ readonly Name: string }>;
    }>;
  };
  readonly [member: string]: unknown;
}

const DAY = 86_400_000;

/** A preview has no account to ask: calls of application inference profiles stay unpriced. */
const NO_PROFILES: ResolvedProfiles = { known: new Map(), isFresh: () => true, resolve: () => Promise.resolve() };

/** Meters records with the meter itself, as it is configured in the template, and keeps what it publishes. */
export async function measure(records: readonly TimedRecord[], env: Readonly<Record<string, string>>): Promise<Measurement> {
  const end = records.reduce((latest, { time }) => Math.max(latest, time), 0) + 1;
  const metrics = new MetricStore();
  declareServiceMetrics(metrics);
  const config = { ...readMeterConfig(env), ledger: true };
  declareOwn(metrics, config.namespace);

  const lines: string[] = [];
  let now = 0;
  const meter = new Meter({
    config,
    prices: new PriceEngine(),
    profiles: NO_PROFILES,
    write: (text) => Promise.resolve(void lines.push(text)),
    clock: () => now,
  });
  // Day by day: the meter publishes nothing that is older than two weeks at its time.
  const days = new Map<number, TimedRecord[]>();
  for (const record of records) {
    const day = Math.floor(record.time / DAY);
    const ofDay = days.get(day) ?? [];
    days.set(day, ofDay);
    ofDay.push(record);
  }
  for (const [day, ofDay] of [...days].sort(([a], [b]) => a - b)) {
    now = (day + 1) * DAY;
    await meter.meter(ofDay.map(({ message, time }) => ({ message, timestamp: time })));
  }

  const ledger: LogRow[] = [];
  for (const line of lines.join('').split('\n')) {
    if (line.startsWith('{"ledger":')) {
      const row = ledgerRow(line);
      ledger.push(row);
      if (row.get('status') !== 'malformed') {
        addServiceMetrics(metrics, row);
      }
    } else if (line.includes('"_aws"')) {
      addEmf(metrics, JSON.parse(line) as Emf);
    }
  }
  return { metrics, ledger, end };
}

/** In CloudWatch a ledger line has the time of its writing, shortly after the call. */
function ledgerRow(line: string): LogRow {
  const { time } = JSON.parse(line) as { time?: string };
  return eventRow(line, time === undefined ? 0 : Date.parse(time));
}

function addEmf(metrics: MetricStore, line: Emf): void {
  const { Timestamp, CloudWatchMetrics } = line._aws;
  for (const { Namespace, Dimensions, Metrics: names } of CloudWatchMetrics) {
    for (const set of Dimensions) {
      const dimensions = Object.fromEntries(set.map((name) => [name, String(line[name])]));
      for (const { Name } of names) {
        metrics.put({ namespace: Namespace, metricName: Name, dimensions }, Timestamp / 1000, [line[Name]].flat() as number[]);
      }
    }
  }
}

/** All that the meter can publish without further dimensions. */
function declareOwn(metrics: MetricStore, namespace: string): void {
  for (const metricName of [...Object.values(Metrics), ...Object.values(Signals)]) {
    metrics.declare({ namespace, metricName, dimensions: {} });
  }
  for (const type of Object.values(TokenTypes)) {
    for (const metricName of [Metrics.COST, Metrics.TOKENS]) {
      metrics.declare({ namespace, metricName, dimensions: { [Attributes.TOKEN_TYPE]: type } });
    }
  }
}

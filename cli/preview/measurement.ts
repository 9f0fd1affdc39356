import { LEDGER_LINE_START, Member } from '../../engine/ledger/members';
import { readMeterConfig } from '../../engine/metering/meter-config';
import { Meter } from '../../engine/metering/meter';
import type { ResolvedProfiles } from '../../engine/metering/meter-environment';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { Attributes, Metrics, Signals, TokenTypes } from '../../engine/telemetry/names';
import { readEmf } from '../../local-cloudwatch/emf-reader';
import { eventRow, type LogRow } from '../../local-cloudwatch/logs-insights';
import { MetricStore } from '../../local-cloudwatch/metric-store';
import { accountMetrics } from '../../local-cloudwatch/service-metrics';
import { putBedrockMetrics } from './bedrock-metrics';

/** What dashboards are drawn from. */
export interface Measurement {
  readonly metrics: MetricStore;
  readonly ledger: readonly LogRow[];
  /** The end of the time ranges of all widgets, in milliseconds: just after the last call. */
  readonly end: number;
}

/** One invocation log record, and when its call was made, in milliseconds. */
export interface TimedRecord {
  readonly time: number;
  readonly message: string;
}

const DAY = 86_400_000;

/** The preview has no account to ask, so calls through application inference profiles stay unpriced. */
const NO_PROFILES: ResolvedProfiles = { isFresh: () => true, resolve: () => Promise.resolve() };

/** Meters records with the cost meter itself, configured as in the template, and keeps what it writes. */
export async function measure(
  records: readonly TimedRecord[],
  meterEnvironment: Readonly<Record<string, string>>,
  prices = new PriceEngine(),
  onProgress: (metered: number, all: number) => void = () => undefined,
): Promise<Measurement> {
  const config = { ...readMeterConfig(meterEnvironment), ledger: true };
  const metrics = new MetricStore();
  [...accountMetrics(), ...meterMetrics(config.namespace)].forEach((name) => metrics.declare(name));

  const lines: string[] = [];
  let now = 0;
  let metered = 0;
  const meter = new Meter({
    config,
    prices,
    profiles: NO_PROFILES,
    write: (text) => Promise.resolve(void lines.push(text)),
    clock: () => now,
  });
  // Day by day, because the meter publishes no metric for calls that are older than two weeks.
  for (const [day, ofDay] of byDay(records)) {
    now = (day + 1) * DAY;
    metered += ofDay.length;
    onProgress(metered, records.length);
    await meter.meter(ofDay.map(({ message, time }) => ({ message, timestamp: time })));
  }

  const ledger: LogRow[] = [];
  for (const line of lines.join('').split('\n')) {
    if (line.startsWith(LEDGER_LINE_START)) {
      const row = ledgerRow(line);
      ledger.push(row);
      if (row.get(Member.status) !== 'malformed') {
        putBedrockMetrics(metrics, row);
      }
    } else {
      putEmf(metrics, line);
    }
  }
  const end = records.reduce((latest, { time }) => Math.max(latest, time), 0) + 1;
  return { metrics, ledger, end };
}

function byDay(records: readonly TimedRecord[]): Array<[day: number, records: TimedRecord[]]> {
  const days = new Map<number, TimedRecord[]>();
  for (const record of records) {
    const day = Math.floor(record.time / DAY);
    const ofDay = days.get(day) ?? [];
    days.set(day, ofDay);
    ofDay.push(record);
  }
  return [...days].sort(([a], [b]) => a - b);
}

/** In CloudWatch a ledger line has the time of its writing; here it has that of the call, which is shortly before. */
function ledgerRow(line: string): LogRow {
  const { time } = JSON.parse(line) as { time?: string };
  return eventRow(line, time === undefined ? 0 : Date.parse(time));
}

function putEmf(metrics: MetricStore, line: string): void {
  for (const { timestamp, value, ...name } of readEmf(line)) {
    // The meter writes no histograms and no statistics.
    metrics.put(name, timestamp / 1000, [value].flat() as number[]);
  }
}

/** All that the meter can publish with no dimension, or with the kind of tokens only. */
function meterMetrics(namespace: string) {
  const plain = [...Object.values(Metrics), ...Object.values(Signals)].map((metricName) => ({ namespace, metricName, dimensions: {} }));
  const byTokenType = Object.values(TokenTypes).flatMap((type) =>
    [Metrics.COST, Metrics.TOKENS].map((metricName) => ({ namespace, metricName, dimensions: { [Attributes.TOKEN_TYPE]: type } })),
  );
  return [...plain, ...byTokenType];
}

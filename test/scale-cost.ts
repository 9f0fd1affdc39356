import { USD } from './running-cost';

/** List prices of us-east-1 in USD. Sources: the pricing pages of CloudWatch, Lambda, Kinesis Data Streams, Data Firehose, S3 and Athena, read 2026-11. */
const PRICE = {
  logGb: 0.5,
  logKeptGbMonth: 0.03,
  streamHour: 0.04,
  streamInGb: 0.08,
  streamOutGb: 0.04,
  firehoseGb: 0.075,
  s3GbMonth: 0.023,
  athenaTb: 5,
  scanGb: 0.005,
  requestsMillion: 0.2,
  gbSecond: 0.0000133334,
  tracesMillion: 5,
} as const;

/** Bytes of a call, as docs/cost.md has them; those of a row are measured. */
const BYTES = { record: 1000, line: 600, metricLines: 4000 } as const;

/** How much smaller Parquet is than a row of JSON with every name in it. Assumed: real rows repeat more than made-up ones. */
const PARQUET = 1 / 12;
const KEPT_MONTHS = { log: 3, table: 13 } as const;
/** A log of JSON is stored at about a sixth of its size. */
const PACKED = 1 / 6;
const HOURS = 730;
/** The signals read the ledger so many times over in a month; test/docs/cost.test.ts holds that. */
const SIGNAL_READS = 20;
/** The daily digest asks eight questions over two days, the weekly one over two weeks; the upkeep reads yesterday once. */
const TABLE_READS = (30 * 8 * 2 + 4 * 8 * 14 + 30) / 30;

export const CALLS = [10_000, 1_000_000, 100_000_000, 1_000_000_000] as const;
export const ACCOUNTS = [1, 10, 150] as const;

/** Records in a batch: few calls come one by one, and a stream collects for half a minute. */
const RECORDS_A_BATCH = [1, 10, 50, 50] as const;

/** From here on the ledger is a table, and records come through a stream. */
const TABLE_FROM = 1_000_000_000;

/** What a number of calls a month costs beside what is there in any case, by part. */
export function growingCost(calls: number, rowBytes: number): Record<string, number> {
  const isTable = calls >= TABLE_FROM;
  const gb = (bytes: number): number => (calls * bytes) / 1e9;
  const batches = calls / RECORDS_A_BATCH[CALLS.indexOf(calls as (typeof CALLS)[number])]!;
  const metricGb = (batches * BYTES.metricLines) / 1e9;
  const parquetGb = gb(rowBytes) * PARQUET;
  return {
    'invocation records, metadata only': gb(BYTES.record) * PRICE.logGb,
    'the stream': isTable ? HOURS * PRICE.streamHour + gb(BYTES.record) * (PRICE.streamInGb + PRICE.streamOutGb) : 0,
    'ledger in the log group': isTable ? 0 : gb(BYTES.line) * PRICE.logGb,
    'keeping it for three months': isTable ? 0 : gb(BYTES.line) * PACKED * PRICE.logKeptGbMonth * KEPT_MONTHS.log,
    'ledger rows through Firehose': isTable ? gb(rowBytes) * PRICE.firehoseGb : 0,
    'keeping the table for 13 months': isTable ? parquetGb * KEPT_MONTHS.table * PRICE.s3GbMonth : 0,
    'digest and upkeep, by Athena': isTable ? (parquetGb / 1000) * TABLE_READS * PRICE.athenaTb : 0,
    'metric lines': metricGb * PRICE.logGb,
    'cost meter': (batches / 1e6) * PRICE.requestsMillion + batches * 0.025 * 0.5 * PRICE.gbSecond,
    "the signals' queries": isTable
      ? (parquetGb / 1000) * SIGNAL_READS * PRICE.athenaTb
      : (gb(BYTES.line) + metricGb) * SIGNAL_READS * PRICE.scanGb,
    'X-Ray traces of the meter': (Math.max(0, batches - 100_000) / 1e6) * 0.05 * PRICE.tracesMillion,
  };
}

/** What it costs to tell accounts and three Regions apart: a metric for each. */
export const valuesCost = (accounts: number): number => (accounts === 1 ? 0 : (accounts + 3) * USD.metric);

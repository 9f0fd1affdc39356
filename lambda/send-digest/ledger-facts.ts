import type { PicoUsd } from '../../engine/pricing/types';
import { type QueryRow, type Sources, sumOf } from '../shared/sources';
import type { CallGroup, DigestFacts, DigestPeriod, UnpricedGroup } from '../../engine/digest/digest-facts';
import { timePrefixes } from './time-prefixes';

/** How long after a call its line may have been written. */
const LATEST = 6 * 3_600_000;

/** List prices of us-east-1: 1 GB of logs taken in, 1 GB-second on arm64, 1 request. */
const OWN_PRICES = { logGb: 0.5, gbSecond: 0.0000133334, request: 0.0000002 };
const METER_GB = 0.5;

const INPUT =
  'coalesce(tokens.input, 0) + coalesce(tokens.cacheRead, 0) + coalesce(tokens.cacheWrite5m, 0) + coalesce(tokens.cacheWrite1h, 0) + coalesce(tokens.cacheWrite, 0)';

const queries = (during: string) => ({
  priced: `filter ledger = 1 and status = "priced" and ${during} | fields ${INPUT} as sent | stats count(*) as calls, sum(sent) as input, sum(tokens.output) as output, sum(costUsd) as usd by model, caller | limit 10000`,
  unpriced: `filter ledger = 1 and status = "unpriced" and ${during} | fields ${INPUT} as sent | stats count(*) as calls, sum(sent) as input, sum(tokens.output) as output by modelId, caller, reason | limit 10000`,
  failed: `filter ledger = 1 and ispresent(errorCode) and status = "ignored" and ${during} | stats count(*) as calls`,
  cost: `filter ledger = 1 and status = "priced" and ${during} | stats sum(costUsd) as usd`,
  rows: `filter ledger = 1 and status = "priced" and ${during} | stats count(*) as calls by priceRow | limit 10000`,
});

export interface LedgerSource {
  readonly ledger: string;
  readonly meterFunction: string;
}

/** The facts of a period as the ledger has them. */
export async function ledgerFacts(sources: Sources, { ledger, meterFunction }: LedgerSource, period: DigestPeriod): Promise<DigestFacts> {
  const { from, until } = period;
  const before = { ...period, from: from - (until - from), until: from };
  const ask = (name: keyof ReturnType<typeof queries>, of: DigestPeriod) =>
    sources.rows(ledger, queries(during(of))[name], of.from, of.until + LATEST);
  const [priced, unpriced, failed, rows, costBefore, rowsBefore] = await Promise.all([
    ask('priced', period),
    ask('unpriced', period),
    ask('failed', period),
    ask('rows', period),
    ask('cost', before),
    ask('rows', before),
  ]);
  const known = new Set(rowsBefore.map((row) => row.priceRow));
  return {
    groups: [...priced.map((row) => groupOf(row, row.model, true)), ...unpriced.map((row) => groupOf(row, row.modelId, false))],
    unpriced: unpricedOf(unpriced),
    failedCalls: number(failed[0], 'calls'),
    usdBefore: costBefore[0]?.usd === undefined ? undefined : pico(costBefore[0].usd),
    newPriceRows:
      known.size === 0 ? undefined : rows.flatMap(({ priceRow }) => (priceRow && !known.has(priceRow) ? [priceRow] : [])).sort(),
    ownCosts: await ownCosts(sources, ledger, meterFunction, period),
  };
}

async function ownCosts(
  sources: Sources,
  ledger: string,
  meterFunction: string,
  { from, until }: DigestPeriod,
): Promise<DigestFacts['ownCosts']> {
  const total = async (namespace: string, metricName: string, dimensions: Record<string, string>) =>
    sumOf(await sources.series({ namespace, metricName, dimensions, statistic: 'Sum', periodSeconds: 3600 }, from, until));
  const bytes = await total('AWS/Logs', 'IncomingBytes', { LogGroupName: ledger });
  const ms = await total('AWS/Lambda', 'Duration', { FunctionName: meterFunction });
  const requests = await total('AWS/Lambda', 'Invocations', { FunctionName: meterFunction });
  return [
    { item: 'ledger and metrics written as logs', usd: (bytes / 1e9) * OWN_PRICES.logGb },
    { item: 'cost meter, compute', usd: (ms / 1000) * METER_GB * OWN_PRICES.gbSecond + requests * OWN_PRICES.request },
  ];
}

/** A pattern that matches the times of a period: calls count when they were made, not when their line was written. */
const during = ({ from, until }: DigestPeriod): string => `time like /^(${timePrefixes(from, until).join('|')})/`;

function groupOf(row: QueryRow, model: string | undefined, priced: boolean): CallGroup {
  const calls = number(row, 'calls');
  return {
    model: model || '(unknown)',
    caller: row.caller || '(none)',
    calls,
    priced: priced ? calls : 0,
    input: number(row, 'input'),
    output: number(row, 'output'),
    usd: priced ? pico(row.usd ?? '0') : 0n,
  };
}

function unpricedOf(rows: readonly QueryRow[]): UnpricedGroup[] {
  const groups = new Map<string, UnpricedGroup>();
  for (const row of rows) {
    const [model, reason] = [row.modelId || '(unknown)', row.reason ?? ''];
    const calls = (groups.get(`${model}\n${reason}`)?.calls ?? 0) + number(row, 'calls');
    groups.set(`${model}\n${reason}`, { model, reason, calls });
  }
  return [...groups.values()];
}

const number = (row: QueryRow | undefined, field: string): number => Number(row?.[field] ?? 0) || 0;

/** Logs Insights sums doubles: their error is far below the millionth of a dollar to which a digest rounds. */
const pico = (usd: string): PicoUsd => BigInt(Math.round(Number(usd) * 1e12));

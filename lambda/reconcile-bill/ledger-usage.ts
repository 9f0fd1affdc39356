import { ourLines } from '../../engine/bill/ledger-usage';
import type { OurLine } from '../../engine/bill/our-usage';
import { oneRowPerCall } from '../../engine/ledger/calls';
import { IS_LEDGER, Member } from '../../engine/ledger/members';
import { NO_USAGE } from '../../engine/pricing/token-buckets';
import type { Prices } from '../../engine/rating/unit-prices';
import { MAX_ROWS, numberOf, type QueryRow, type Sources } from '../shared/sources';
import type { BillConfig } from './config';

const { accountId, costHighUsd, costUsd, model, modelId, region, routing, serviceTier, source, status, time, tokens } = Member;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long after a call its line may have been written: queries search the log group by the time of writing. */
const LATEST = 6 * HOUR_MS;

const BUCKETS = Object.keys(tokens) as ReadonlyArray<keyof typeof tokens>;

/** One row for each call, and of these one for each model, routing, tier, account and Region. */
const CALLS = [
  ...oneRowPerCall({
    computed: [`coalesce(${serviceTier}, "standard") as tier`],
    keys: [modelId, accountId, region, 'tier'],
    values: [
      'count(*) as linesOfCall',
      `max(${costUsd}) as cost`,
      `max(coalesce(${costHighUsd}, ${costUsd})) as highCost`,
      ...BUCKETS.map((bucket) => `max(${tokens[bucket]}) as ${bucket}Tokens`),
      `sortsLast(${model}) as pricedModel`,
      `sortsLast(${routing}) as route`,
      `sortsLast(${status}) as state`,
    ],
  }),
  `stats count(*) as calls, sum(linesOfCall) as lines, sum(cost) as usd, sum(highCost) as highUsd, ${BUCKETS.map((bucket) => `sum(${bucket}Tokens) as ${bucket}Sum`).join(', ')} by ${modelId}, pricedModel, route, tier, ${accountId}, ${region}, state`,
  `limit ${MAX_ROWS}`,
];

/**
 * What the ledger has of some days, by what the bill tells apart.
 *
 * @throws if Logs Insights did not read every line: a sum that is too low would look like a bill that is too high
 */
export async function ledgerUsage(sources: Sources, config: BillConfig, days: readonly string[], prices: Prices): Promise<OurLine[]> {
  const lines: OurLine[] = [];
  // One day after the other: a query that groups by call has fewer groups, and others need the queries of the account too.
  for (const day of days) lines.push(...(await ofDay(sources, config, day, prices)));
  return lines;
}

async function ofDay(sources: Sources, { ledger, accounts, regions }: BillConfig, day: string, prices: Prices): Promise<OurLine[]> {
  const from = Date.parse(day);
  const ofLedger = `filter ${IS_LEDGER} and ${status} != "malformed" and not ispresent(${source}) and ${time} like /^${day}/`;
  const ask = (...commands: readonly string[]): Promise<readonly QueryRow[]> =>
    sources.rows(ledger, [ofLedger, ...commands].join(' | '), from, from + DAY_MS + LATEST);
  const [all] = await ask('stats count(*) as lines');
  const rows = await ask(...CALLS);
  const read = rows.reduce((sum, row) => sum + numberOf(row, 'lines'), 0);
  if (read < numberOf(all, 'lines')) {
    throw new Error(
      `Logs Insights grouped ${read} of the ${numberOf(all, 'lines')} ledger lines of ${day}: our figure of the day is unknown`,
    );
  }
  const isOurs = (row: QueryRow): boolean =>
    (accounts.length === 0 || !row.accountId || accounts.includes(row.accountId)) &&
    (regions.length === 0 || regions.includes(row.region ?? ''));
  return rows.filter(isOurs).flatMap((row) => linesOf(row, day, prices));
}

function linesOf(row: QueryRow, day: string, prices: Prices): OurLine[] {
  const { state, tier = 'standard', pricedModel, modelId: called, route, region: calledIn = '' } = row;
  if (state === 'ignored') return [];
  const usage = { ...NO_USAGE, ...Object.fromEntries(BUCKETS.map((bucket) => [bucket, numberOf(row, `${bucket}Sum`)])) };
  const scope = {
    day,
    account: row.accountId,
    region: calledIn,
    model: pricedModel || called || '(none)',
    routing: route || 'regional',
    tier,
  };
  const cost = state === 'priced' ? { low: pico(numberOf(row, 'usd')), high: pico(numberOf(row, 'highUsd')) } : undefined;
  return ourLines({ ...scope, isLong: false }, usage, cost, prices);
}

/** Logs Insights sums doubles: their error is far below the cent to which the bill is compared. */
const pico = (usd: number): bigint => BigInt(Math.round(usd * 1e12));

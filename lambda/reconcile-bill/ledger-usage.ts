import { ourLines } from '../../engine/bill/ledger-usage';
import type { OurLine } from '../../engine/bill/our-usage';
import { principalOf } from '../../engine/bill/principal';
import { oneRowPerCall, PRINCIPAL } from '../../engine/ledger/calls';
import { IS_LEDGER, Member } from '../../engine/ledger/members';
import { KINDS } from '../../engine/pricing/kinds';
import { NO_USAGE, TOKEN_BUCKETS } from '../../engine/pricing/token-buckets';
import type { Prices } from '../../engine/rating/unit-prices';
import { MAX_ROWS, numberOf, type QueryRow, type Sources } from '../shared/sources';
import type { BillConfig } from './config';

const { accountId, costHighUsd, costUsd, model, modelId, region, routing, serviceTier, source, status, time, tokens, units } = Member;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long after a call its line may have been written: queries search the log group by the time of writing. */
const LATEST = 6 * HOUR_MS;

/** What a line can count, as a query names it. */
const COUNTED: ReadonlyArray<readonly [kind: string, member: string]> = [
  ...TOKEN_BUCKETS.map((bucket) => [bucket, tokens[bucket]] as const),
  ...Object.keys(KINDS)
    .filter((kind) => !(TOKEN_BUCKETS as readonly string[]).includes(kind))
    .map((kind) => [kind, `${units}.${kind}`] as const),
];

/** One row for each call, and of these one for each source, model, routing, tier, account and Region, and for each principal. */
function callsBy(principals: readonly string[]): string[] {
  const sums = COUNTED.map(([kind]) => `sum(${kind}Count) as ${kind}Sum`).join(', ');
  const axes = [modelId, 'pricedModel', 'route', 'tier', 'unrecorded', accountId, region, 'state', ...principals].join(', ');
  return [
    ...oneRowPerCall({
      computed: [`coalesce(${serviceTier}, "standard") as tier`, `coalesce(${source}, "") as unrecorded`, PRINCIPAL],
      keys: [modelId, accountId, region, 'tier', 'unrecorded', ...principals],
      values: [
        'count(*) as linesOfCall',
        `max(${costUsd}) as cost`,
        `max(coalesce(${costHighUsd}, ${costUsd})) as highCost`,
        ...COUNTED.map(([kind, member]) => `max(${member}) as ${kind}Count`),
        `sortsLast(${model}) as pricedModel`,
        `sortsLast(${routing}) as route`,
        `sortsLast(${status}) as state`,
      ],
    }),
    `stats count(*) as calls, sum(linesOfCall) as lines, sum(cost) as usd, sum(highCost) as highUsd, ${sums} by ${axes}`,
    `limit ${MAX_ROWS}`,
  ];
}

/** What the ledger is asked with. */
interface Asked {
  readonly sources: Sources;
  readonly config: BillConfig;
  readonly prices: Prices;
}

/**
 * What the ledger has of some days, by what the bill tells apart. By principal only where the bill has them, and where there are not
 * more than a query can return.
 *
 * @throws if Logs Insights did not read every line: a sum that is too low would look like a bill that is too high
 */
export async function ledgerUsage(asked: Asked, days: readonly string[]): Promise<OurLine[]> {
  const hasPrincipals = asked.config.dataExport !== undefined;
  const byPrincipal = hasPrincipals ? await ofDays(asked, days, ['principal']) : 'not asked';
  const lines = typeof byPrincipal === 'string' ? await ofDays(asked, days, []) : byPrincipal;
  if (typeof lines === 'string') throw new Error(lines);
  return lines;
}

/** The lines, or why they are not known. */
async function ofDays(asked: Asked, days: readonly string[], principals: readonly string[]): Promise<OurLine[] | string> {
  const lines: OurLine[] = [];
  // One day after the other: a query that groups by call has fewer groups, and others need the queries of the account too.
  for (const day of days) {
    const ofDay = await linesOfDay(asked, day, principals);
    if (typeof ofDay === 'string') return ofDay;
    lines.push(...ofDay);
  }
  return lines;
}

async function linesOfDay({ sources, config, prices }: Asked, day: string, principals: readonly string[]): Promise<OurLine[] | string> {
  const { ledgers, accounts, regions } = config;
  const from = Date.parse(day);
  const ofLedger = `filter ${IS_LEDGER} and ${status} != "malformed" and ${time} like /^${day}/`;
  const ask = (...commands: readonly string[]): Promise<readonly QueryRow[]> =>
    sources.rows(ledgers, [ofLedger, ...commands].join(' | '), from, from + DAY_MS + LATEST);
  const [all] = await ask('stats count(*) as lines');
  const rows = await ask(...callsBy(principals));
  const read = rows.reduce((sum, row) => sum + numberOf(row, 'lines'), 0);
  if (read < numberOf(all, 'lines')) {
    return `Logs Insights grouped ${read} of the ${numberOf(all, 'lines')} ledger lines of ${day}: our figure of the day is unknown`;
  }
  const isOurs = (row: QueryRow): boolean =>
    (accounts.length === 0 || !row.accountId || accounts.includes(row.accountId)) &&
    (regions.length === 0 || regions.includes(row.region ?? ''));
  return rows.filter(isOurs).flatMap((row) => linesOf(row, day, prices));
}

function linesOf(row: QueryRow, day: string, prices: Prices): OurLine[] {
  const { state, tier = 'standard', pricedModel, modelId: called, route, region: calledIn = '', unrecorded, principal } = row;
  if (state === 'ignored') return [];
  const counts = COUNTED.map(([kind]) => [kind, numberOf(row, `${kind}Sum`)] as const).filter(([, count]) => count > 0);
  const isBucket = ([kind]: readonly [string, number]): boolean => (TOKEN_BUCKETS as readonly string[]).includes(kind);
  const usage = {
    ...NO_USAGE,
    ...Object.fromEntries(counts.filter(isBucket)),
    units: Object.fromEntries(counts.filter((each) => !isBucket(each))),
  };
  const scope = {
    day,
    account: row.accountId,
    region: calledIn,
    model: pricedModel || called || '(none)',
    routing: route || 'regional',
    tier,
    ...(principal && { principal: principalOf(principal) }),
  };
  const cost = state === 'priced' ? { low: pico(numberOf(row, 'usd')), high: pico(numberOf(row, 'highUsd')) } : undefined;
  return ourLines({ ...scope, isLong: false, source: unrecorded || undefined }, usage, cost, prices);
}

/** Logs Insights sums doubles: their error is far below the cent to which the bill is compared. */
const pico = (usd: number): bigint => BigInt(Math.round(usd * 1e12));

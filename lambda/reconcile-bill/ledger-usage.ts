import { ourLines } from '../../engine/bill/ledger-usage';
import type { OurLine } from '../../engine/bill/our-usage';
import { principalOf } from '../../engine/bill/principal';
import { columnOfMeasure } from '../../engine/ledger/questions/measures';
import { NO_USAGE, TOKEN_BUCKETS } from '../../engine/pricing/token-buckets';
import type { Prices } from '../../engine/rating/unit-prices';
import type { LedgerReader } from '../shared/ledger-reader';
import { numberOf, type QueryRow } from '../shared/sources';
import { COUNTED, LINES_OF_DAY, usageQuestion } from './bill-questions';
import type { BillConfig } from './config';

const DAY_MS = 86_400_000;

/** What the ledger is asked with. */
interface Asked {
  readonly ledger: LedgerReader;
  readonly config: Pick<BillConfig, 'accounts' | 'regions' | 'dataExport'>;
  readonly prices: Prices;
}

/**
 * What the ledger has of some days, by what the bill tells apart. By principal only where the bill has them, and where there are not
 * more than a query can return.
 *
 * @throws if not every line was read: a sum that is too low would look like a bill that is too high
 */
export async function ledgerUsage(asked: Asked, days: readonly string[]): Promise<OurLine[]> {
  const hasPrincipals = asked.config.dataExport !== undefined;
  const byPrincipal = hasPrincipals ? await ofDays(asked, days, true) : 'not asked';
  const lines = typeof byPrincipal === 'string' ? await ofDays(asked, days, false) : byPrincipal;
  if (typeof lines === 'string') throw new Error(lines);
  return lines;
}

/** The lines, or why they are not known. */
async function ofDays(asked: Asked, days: readonly string[], withPrincipals: boolean): Promise<OurLine[] | string> {
  const lines: OurLine[] = [];
  // One day after the other: a query that groups by call has fewer groups, and others need the queries of the account too.
  for (const day of days) {
    const ofDay = await linesOfDay(asked, day, withPrincipals);
    if (typeof ofDay === 'string') return ofDay;
    lines.push(...ofDay);
  }
  return lines;
}

async function linesOfDay({ ledger, config, prices }: Asked, day: string, withPrincipals: boolean): Promise<OurLine[] | string> {
  const { accounts, regions } = config;
  const period = { from: Date.parse(day), until: Date.parse(day) + DAY_MS };
  const [all] = await ledger.askCalled(LINES_OF_DAY, period);
  const rows = await ledger.askCalled(usageQuestion(withPrincipals), period);
  const read = rows.reduce((sum, row) => sum + numberOf(row, 'lines'), 0);
  if (read < numberOf(all, 'lines')) {
    return `${ledger.name} grouped ${read} of the ${numberOf(all, 'lines')} ledger lines of ${day}: our figure of the day is unknown`;
  }
  const isOurs = (row: QueryRow): boolean =>
    (accounts.length === 0 || !row.account || accounts.includes(row.account)) &&
    (regions.length === 0 || regions.includes(row.region ?? ''));
  return rows.filter(isOurs).flatMap((row) => linesOf(row, day, prices));
}

function linesOf(row: QueryRow, day: string, prices: Prices): OurLine[] {
  const { status, tier = 'standard', pricedModel, modelId, routing, account, region = '', source, principal } = row;
  if (status === 'ignored') return [];
  const counts = COUNTED.map(([kind, measure]) => [kind, numberOf(row, columnOfMeasure(measure))] as const).filter(
    ([, count]) => count > 0,
  );
  const isBucket = ([kind]: readonly [string, number]): boolean => (TOKEN_BUCKETS as readonly string[]).includes(kind);
  const usage = {
    ...NO_USAGE,
    ...Object.fromEntries(counts.filter(isBucket)),
    units: Object.fromEntries(counts.filter((each) => !isBucket(each))),
  };
  const scope = {
    ...{ day, account, region, tier },
    model: pricedModel || modelId || '(none)',
    routing: routing || 'regional',
    ...(principal && { principal: principalOf(principal) }),
  };
  const cost = status === 'priced' ? { low: pico(numberOf(row, 'usd')), high: pico(numberOf(row, 'highUsd')) } : undefined;
  return ourLines({ ...scope, isLong: false, source: source || undefined }, usage, cost, prices);
}

/** Logs Insights sums doubles: their error is far below the cent to which the bill is compared. */
const pico = (usd: number): bigint => BigInt(Math.round(usd * 1e12));

import type { CallGroup, DigestFacts, DigestPeriod, UnpricedGroup } from '../../engine/digest/digest-facts';
import type { PicoUsd } from '../../engine/pricing/types';
import { numberOf, type QueryRow, type Sources } from '../shared/sources';
import type { DigestConfig } from './config';
import { digestQueries } from './digest-queries';
import { ownCosts } from './own-costs';

/** How long after a call its line may have been written: queries search the log group by the time of writing. */
const LATEST = 6 * 3_600_000;

/** The facts of a period from the ledger, and those of the period before that a digest compares with. */
export async function ledgerFacts(
  sources: Sources,
  config: Pick<DigestConfig, 'ledger' | 'meterFunction'>,
  { from, until }: DigestPeriod,
): Promise<DigestFacts> {
  const period = { from, until };
  const before = { from: from - (until - from), until: from };
  const ask = (name: keyof ReturnType<typeof digestQueries>, of: typeof period) =>
    sources.rows(config.ledger, digestQueries(of)[name], of.from, of.until + LATEST);
  const [priced, unpriced, failed, priceRows, costBefore, priceRowsBefore] = await Promise.all([
    ask('priced', period),
    ask('unpriced', period),
    ask('failed', period),
    ask('priceRows', period),
    ask('cost', before),
    ask('priceRows', before),
  ]);
  const usdBefore = costBefore[0]?.usd;
  return {
    groups: [...priced.map(pricedGroup), ...unpriced.map(unpricedGroup)],
    unpriced: byModelAndReason(unpriced),
    failedCalls: numberOf(failed[0], 'calls'),
    usdBefore: usdBefore === undefined ? undefined : pico(usdBefore),
    newPriceRows: newNames(priceRows, priceRowsBefore),
    ownCosts: await ownCosts(sources, config, period),
  };
}

function pricedGroup(row: QueryRow): CallGroup {
  return { ...groupOf(row, row.model), priced: numberOf(row, 'calls'), usd: pico(row.usd ?? '0') };
}

function unpricedGroup(row: QueryRow): CallGroup {
  return { ...groupOf(row, row.modelId), priced: 0, usd: 0n };
}

function groupOf(row: QueryRow, model: string | undefined): Omit<CallGroup, 'priced' | 'usd'> {
  return {
    model: model || '(unknown)',
    caller: row.caller || '(none)',
    calls: numberOf(row, 'calls'),
    input: numberOf(row, 'input'),
    output: numberOf(row, 'output'),
  };
}

function byModelAndReason(rows: readonly QueryRow[]): UnpricedGroup[] {
  const groups = new Map<string, UnpricedGroup>();
  for (const row of rows) {
    const { modelId: model = '', reason = '' } = row;
    const key = JSON.stringify([model, reason]);
    const calls = (groups.get(key)?.calls ?? 0) + numberOf(row, 'calls');
    groups.set(key, { model: model || '(unknown)', reason, calls });
  }
  return [...groups.values()];
}

/** Price rows that are new in this period; undefined where the period before had none to compare with. */
function newNames(rows: readonly QueryRow[], rowsBefore: readonly QueryRow[]): string[] | undefined {
  const known = new Set(rowsBefore.map(({ priceRow }) => priceRow));
  return known.size === 0 ? undefined : rows.flatMap(({ priceRow }) => (priceRow && !known.has(priceRow) ? [priceRow] : [])).sort();
}

/** Logs Insights sums doubles: their error is far below the millionth of a dollar to which a digest rounds. */
const pico = (usd: string): PicoUsd => BigInt(Math.round(Number(usd) * 1e12));

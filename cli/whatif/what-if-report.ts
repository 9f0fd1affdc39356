import type { PicoUsd } from '../../engine/pricing/types';
import { formatUsd } from '../../engine/pricing/usd-text';
import { bold, countOf, formatNumber, table } from '../terminal';
import type { Lever } from './levers';
import { Comparison, type ModelComparison, type WhatIf } from './what-if';

/** One lever over all calls. Amounts are decimals in USD. */
export interface LeverResult {
  readonly lever: string;
  readonly calls: number;
  readonly nowUsd: string;
  readonly thenUsd: string;
  readonly savesUsd: string;
  readonly assumes: string;
  readonly changes: string;
  readonly models: ReadonlyArray<{
    readonly model: string;
    readonly calls: number;
    readonly nowUsd: string;
    readonly thenUsd: string;
    readonly rowNow: string;
    readonly rowThen: string;
  }>;
}

/** The levers that would have changed the price of a call, the largest saving first. */
export function resultsOf(whatIf: WhatIf, levers: readonly Lever[]): readonly LeverResult[] {
  return levers
    .map((lever) => ({ lever, models: whatIf.of(lever) }))
    .filter(({ models }) => models.length > 0)
    .map(({ lever, models }) => ({ lever, models, total: totalOf(models) }))
    .sort(({ total: one }, { total: other }) => (one.saves < other.saves ? 1 : one.saves > other.saves ? -1 : 0))
    .map(({ lever: { name, assumes, changes }, models, total }) => ({
      lever: name,
      calls: total.calls,
      nowUsd: formatUsd(total.now),
      thenUsd: formatUsd(total.then),
      savesUsd: signed(total.saves),
      assumes,
      changes,
      models: models.map(({ model, rowNow, rowThen, comparison: { calls, now, then } }) => ({
        model,
        calls,
        nowUsd: formatUsd(now),
        thenUsd: formatUsd(then),
        rowNow,
        rowThen,
      })),
    }));
}

/** The results in a table, and below it what each lever assumes and changes. */
export function textOf(results: readonly LeverResult[], allCalls: number): string {
  if (results.length === 0) {
    return `${countOf(allCalls, 'call')}: none of them has another published price`;
  }
  const drawn = table({
    head: ['what if', 'calls', 'USD now', 'USD then', 'saves'],
    rows: results.map(({ lever, calls, nowUsd, thenUsd, savesUsd }) => [lever, formatNumber(calls), nowUsd, thenUsd, savesUsd]),
    right: [1, 2, 3, 4],
  });
  const notes = results.map(({ lever, assumes, changes }) => `  ${bold(lever)}\n    assumes ${assumes}\n    changes ${changes}`);
  return [bold(`Of ${countOf(allCalls, 'call')}, those that have another published price`), drawn, '', ...notes].join('\n');
}

function totalOf(models: readonly ModelComparison[]): Comparison {
  const total = new Comparison();
  for (const { comparison } of models) total.addAll(comparison);
  return total;
}

const signed = (amount: PicoUsd): string => (amount < 0n ? `-${formatUsd(-amount)}` : formatUsd(amount));

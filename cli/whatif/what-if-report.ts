import type { LeverText } from '../../engine/levers/levers';
import { formatUsd } from '../../engine/pricing/usd-text';
import { type Column, fittedTable } from '../tables/fitted-table';
import { cents } from '../../engine/pricing/money-text';
import { wrapped } from '../tables/wrapped';
import { bold, countOf, formatNumber } from '../terminal';
import { Comparison } from './comparison';
import type { ModelComparison, WhatIf } from './what-if';

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

/** A lever that would have changed the price of a call. */
export interface LeverTotal {
  readonly lever: LeverText;
  readonly models: readonly ModelComparison[];
  readonly total: Comparison;
}

/** The levers that would have changed the price of a call, the largest saving first. */
export function totalsOf(whatIf: WhatIf): readonly LeverTotal[] {
  return whatIf.levers
    .map((lever) => ({ lever, models: whatIf.of(lever) }))
    .filter(({ models }) => models.length > 0)
    .map(({ lever, models }) => ({ lever, models, total: totalOf(models) }))
    .sort(({ total: one }, { total: other }) => (one.saves < other.saves ? 1 : one.saves > other.saves ? -1 : 0));
}

/** The levers for programs, with exact amounts. */
export function resultsOf(totals: readonly LeverTotal[]): readonly LeverResult[] {
  return totals.map(({ lever: { name, assumes, changes }, models, total }) => ({
    lever: name,
    calls: total.calls,
    nowUsd: formatUsd(total.now),
    thenUsd: formatUsd(total.then),
    savesUsd: formatUsd(total.saves),
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

/** The levers in a table, and below it what each assumes and changes. */
export function textOf(
  totals: readonly LeverTotal[],
  { calls, failed }: { readonly calls: number; readonly failed: number },
  width: number,
): string {
  const all = `${countOf(calls, 'call')}${failed === 0 ? '' : `, of which ${formatNumber(failed)} failed`}`;
  if (totals.length === 0) return `${all}: none of them has another published price`;
  const column = (head: string, read: (total: Comparison) => string): Column => ({
    head,
    cells: totals.map(({ total }) => read(total)),
    isRight: true,
  });
  const { text } = fittedTable(
    [
      { head: 'what if', cells: totals.map(({ lever }) => lever.name), isName: true },
      column('calls', ({ calls }) => formatNumber(calls)),
      column('USD now', ({ now }) => cents(now)),
      column('USD then', ({ then }) => cents(then)),
      column('saves', ({ saves }) => cents(saves)),
    ],
    width,
  );
  const notes = totals.map(({ lever: { name, assumes, changes } }) =>
    [`  ${bold(name)}`, wrapped(`assumes: ${assumes}`, width, '    '), wrapped(`changes: ${changes}`, width, '    ')].join('\n'),
  );
  const head = wrapped(`Of ${all}, those that have another published price`, width, '');
  return [...head.split('\n').map(bold), text, '', ...notes].join('\n');
}

function totalOf(models: readonly ModelComparison[]): Comparison {
  const total = new Comparison();
  for (const { comparison } of models) total.addAll(comparison);
  return total;
}

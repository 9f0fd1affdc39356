import { renderChart } from './chart';
import type { Share } from './chart-data';
import { pie } from './chart-options';
import { formatNumber } from './format-number';
import { swatch } from './legend';
import { type Markup, markup } from './markup';
import { shortLabel } from './short-label';
import { seriesColor } from './theme';
import type { Room } from './widget-content';

/** The part of the width that the chart takes; the table of the shares has the rest. */
const CHART_WIDTH = 0.4;

/** The shares of a total, the largest first: a chart, and a table with the numbers. */
export function renderShares(shares: readonly Share[], { width, height }: Room): Markup {
  const parts = shares
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value)
    .map((share, index) => ({ ...share, color: seriesColor(share.color, index) }));
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  const row = ({ label, value, color }: (typeof parts)[number]) =>
    markup`<tr><td>${swatch(color)}</td><td>${shortLabel(label)}</td><td class="number">${formatNumber(value)}</td><td class="number">${percentOf(value, total)}</td></tr>`;
  return markup`<div class="shares">${renderChart(pie(parts), { width: width * CHART_WIDTH, height })}<table>${parts.map(row)}</table></div>`;
}

const percentOf = (value: number, total: number): string => `${((100 * value) / total).toFixed(1)} %`;

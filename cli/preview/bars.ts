import type { Share } from './chart-data';
import { formatNumber } from './format-number';
import { type Markup, markup } from './markup';
import { shortLabel } from './short-label';
import { seriesColor } from './theme';

/** More bars would not fit into a widget. */
const MAX_BARS = 12;

/** A bar for each value, the largest on top. */
export function renderBars(shares: readonly Share[]): Markup {
  const sorted = [...shares].sort((a, b) => b.value - a.value).slice(0, MAX_BARS);
  const most = sorted[0]?.value ?? 0;
  const bar = ({ label, value, color }: Share) => {
    const percent = most > 0 ? Math.max(0, (100 * value) / most).toFixed(1) : '0';
    const style = `width: ${percent}%; background: ${seriesColor(color, 0)}`;
    return markup`<span class="cut">${shortLabel(label)}</span><span class="bar"><i style="${style}"></i>${formatNumber(value)}</span>`;
  };
  return markup`<div class="bars">${sorted.map(bar)}</div>`;
}

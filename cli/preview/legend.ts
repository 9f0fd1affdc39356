import type { LegendEntry } from './chart-data';
import { type Markup, markup } from './markup';
import { shortLabel } from './short-label';

export const swatch = (color: string): Markup => markup`<i class="swatch" style="background: ${color}"></i>`;

/** The names of series beside their colours. */
export function renderLegend(entries: readonly LegendEntry[]): Markup {
  return markup`<ul class="legend">${entries.map(({ label, color }) => markup`<li title="${label}">${swatch(color)}<span class="cut">${shortLabel(label)}</span></li>`)}</ul>`;
}

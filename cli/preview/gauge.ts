import type { HorizontalLine, WidgetProperties } from './dashboard-body';
import { formatNumber } from './format-number';
import { type Markup, markup } from './markup';
import type { WidgetSeries } from './metric-data';
import { latestOf } from './numbers';
import { seriesColor } from './theme';

/** The latest value of a series on a scale, in the colour of the band that it is in. */
export function renderGauge([series]: readonly WidgetSeries[], { yAxis, annotations }: WidgetProperties): Markup {
  const { min = 0, max = 100 } = yAxis?.left ?? {};
  const value = series && latestOf(series);
  const bands = annotations?.horizontal ?? [];
  if (series === undefined || value === undefined) {
    return markup`<div class="gauge"><b>–</b><p class="empty">no data in this time</p></div>`;
  }
  const part = (of: number) => Math.min(100, Math.max(0, (100 * (of - min)) / (max - min))).toFixed(1);
  const mark = ({ value: at, color }: HorizontalLine) =>
    markup`<i class="mark" style="left: ${part(at)}%; background: ${seriesColor(color, 0)}"></i>`;
  const { label, color } = { label: series.label, ...bandOf(value, bands) };
  const filled = seriesColor(color, 0);
  return markup`<div class="gauge"><b>${formatNumber(value)}</b><span class="band" style="color: ${filled}">${label}</span>
<div class="scale"><i style="width: ${part(value)}%; background: ${filled}"></i>${bands.map(mark)}</div>
<div class="ends"><span>${formatNumber(min)}</span><span>${formatNumber(max)}</span></div></div>`;
}

/** Of the bands in which a value is, the one with the nearest end. */
function bandOf(value: number, bands: readonly HorizontalLine[]): HorizontalLine | undefined {
  const holding = bands.filter(({ value: end, fill }) => (fill === 'below' ? value < end : fill === 'above' && value >= end));
  return holding.sort((a, b) => Math.abs(a.value - value) - Math.abs(b.value - value))[0];
}

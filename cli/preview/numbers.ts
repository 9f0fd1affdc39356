import { renderChart } from './chart';
import { sparkline } from './chart-options';
import { formatNumber } from './format-number';
import { type Markup, markup } from './markup';
import type { WidgetSeries } from './metric-data';
import { WIDGET } from './page-style';
import { swatch } from './legend';
import { seriesColor } from './theme';
import type { Room } from './widget-content';

/** Pixels of a number and its label. */
const NUMBER_HEIGHT = 54;

/** The latest value of each series, side by side, and the course of the first. */
export function renderNumbers(series: readonly WidgetSeries[], { width, height }: Room, withSparkline: boolean): Markup {
  const [first] = series;
  const room = { width: width - 2 * WIDGET.padding, height: height - NUMBER_HEIGHT - WIDGET.padding };
  const line = withSparkline && first && room.height > 14 ? sparkline(first, seriesColor(first.color, 0)) : undefined;
  return markup`<div class="numbers">${series.map(numberOf)}</div>${line && markup`<div class="sparkline">${renderChart(line, room)}</div>`}`;
}

/** The latest value of a series. */
export function latestOf({ points }: WidgetSeries): number | undefined {
  return points
    .map(([, point]) => point)
    .filter((point) => point !== undefined)
    .at(-1);
}

function numberOf(series: WidgetSeries): Markup {
  const value = latestOf(series);
  const { label, color } = series;
  return markup`<div><b>${value === undefined ? '–' : formatNumber(value)}</b><span class="cut">${color === undefined ? undefined : swatch(seriesColor(color, 0))}${label}</span></div>`;
}

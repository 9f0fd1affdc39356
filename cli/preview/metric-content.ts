import { renderBars } from './bars';
import { renderChart } from './chart';
import type { Share } from './chart-data';
import { timeSeries } from './chart-options';
import { renderGauge } from './gauge';
import type { Widget, WidgetProperties } from './dashboard-body';
import { renderLegend } from './legend';
import { type Markup, markup } from './markup';
import { evaluateMetrics, type MetricData, type WidgetSeries } from './metric-data';
import { renderNumbers } from './numbers';
import { renderShares } from './shares';
import { seriesColor } from './theme';
import type { Room, WidgetContent, WidgetContext } from './widget-content';

/** Pixels of a legend below or beside a chart, and of a note below it. */
const LEGEND = { height: 30, width: 190 };
const NOTE_HEIGHT = 22;

/** Evaluates the metrics of a widget and shows them as its view says. */
export function metricContent({ properties }: Widget, { start, measurement, room }: WidgetContext): WidgetContent {
  const data = evaluateMetrics(properties, start, measurement);
  const { problems, notes } = data;
  const left = { ...room, height: room.height - notes.length * NOTE_HEIGHT };
  return { content: viewOf(data, properties, left), problems, notes };
}

function viewOf(data: MetricData, properties: WidgetProperties, room: Room): Markup {
  if (properties.view === 'singleValue') {
    return renderNumbers(data.series, room, properties.sparkline ?? false);
  }
  if (properties.view === 'gauge') {
    return renderGauge(data.series, properties);
  }
  const shares = data.series.flatMap(totalOf);
  if (shares.length === 0) {
    return markup`<p class="empty">no data in this time</p>`;
  }
  switch (properties.view) {
    case 'pie':
      return renderShares(shares, room);
    case 'bar':
      return renderBars(shares);
    default:
      return graphOf(data, properties, room);
  }
}

/** The sum of a series over the time that the widget shows; none without data. */
function totalOf({ label, color, points }: WidgetSeries): Share[] {
  const values = points.flatMap(([, value]) => (value === undefined ? [] : [value]));
  return values.length > 0 ? [{ label, color, value: values.reduce((sum, value) => sum + value, 0) }] : [];
}

function graphOf(data: MetricData, properties: WidgetProperties, { width, height }: Room): Markup {
  const known = data.series.filter(({ points }) => points.some(([, value]) => value !== undefined));
  const series = known.map((one, index) => ({ ...one, color: seriesColor(one.color, index) }));
  const position = properties.legend?.position ?? 'bottom';
  const room = {
    width: position === 'right' ? width - LEGEND.width : width,
    height: position === 'bottom' ? height - LEGEND.height : height,
  };
  const chart = renderChart(timeSeries(series, data.window, properties), room);
  return position === 'hidden' ? chart : markup`<div class="with-legend ${position}">${chart}${renderLegend(series)}</div>`;
}

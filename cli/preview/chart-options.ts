import type { Window } from '../../local-cloudwatch/metric-store';
import type { LegendEntry, Share } from './chart-data';
import type { HorizontalLine, WidgetProperties } from './dashboard-body';
import { formatNumber } from './format-number';
import type { WidgetSeries } from './metric-data';
import { color, seriesColor } from './theme';

type Option = Record<string, unknown>;
type ColoredSeries = WidgetSeries & LegendEntry;

const FONT_SIZE = 11;
/** Ends of an axis, up to a power of ten, whose quarters have few digits. */
const NICE = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10];

const axisNumber = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 });

/** Lines or stacked areas over time. */
export function timeSeries(series: readonly ColoredSeries[], window: Window, properties: WidgetProperties): Option {
  const lines = properties.annotations?.horizontal ?? [];
  return {
    // The texts of lines are beside the graph, where they cover no curve.
    grid: {
      left: 12,
      right: Math.max(22, ...lines.map(({ label = '' }) => 16 + label.length * 6)),
      top: 12,
      bottom: 6,
      containLabel: true,
    },
    xAxis: timeAxis(window),
    yAxis: valueAxis(properties.yAxis?.left ?? {}, maximumOf(series, lines, properties.stacked ?? false)),
    series: series.map((one, index) => ({
      ...lineOf(one, properties.stacked ?? false),
      markLine: index === 0 && lines.length > 0 ? markLineOf(lines) : undefined,
    })),
  };
}

/** A ring that is divided by the shares of a total. */
export function pie(shares: ReadonlyArray<Share & LegendEntry>): Option {
  return {
    series: [
      {
        type: 'pie',
        radius: ['56%', '88%'],
        silent: true,
        label: { show: false },
        itemStyle: { borderColor: color('card'), borderWidth: 1.5 },
        data: shares.map((share) => ({ name: share.label, value: share.value, itemStyle: { color: share.color } })),
      },
    ],
  };
}

/** A line without axes, below a number. */
export function sparkline({ points }: WidgetSeries, lineColor: string): Option {
  return {
    grid: { left: 0, right: 0, top: 4, bottom: 0 },
    xAxis: { type: 'time', show: false },
    yAxis: { type: 'value', show: false, min: ({ min }: { min: number }) => Math.min(0, min) },
    series: [
      {
        type: 'line',
        silent: true,
        showSymbol: false,
        color: lineColor,
        lineStyle: { width: 1.6 },
        areaStyle: { opacity: 0.14 },
        data: points.map(([time, value]) => [time, value ?? null]),
      },
    ],
  };
}

function lineOf(series: ColoredSeries, stacked: boolean): Option {
  const hasManyPoints = series.points.length > 400;
  return {
    type: 'line',
    silent: true,
    name: series.label,
    color: series.color,
    stack: stacked ? 'all' : undefined,
    areaStyle: stacked ? { opacity: 0.75 } : undefined,
    // A series of zeros on top of a stack would be an outline of the others.
    lineStyle: { width: stacked ? (hasManyPoints || series.points.every(([, value = 0]) => value === 0) ? 0 : 0.8) : 1.6 },
    symbol: 'circle',
    symbolSize: 3,
    itemStyle: { color: series.color },
    showSymbol: !stacked && isSparse(series),
    data: series.points.map(([time, value]) => [time, value ?? (stacked ? 0 : null)]),
  };
}

/** A single datapoint between two missing ones is no line: it needs a symbol to be seen. */
function isSparse({ points }: WidgetSeries): boolean {
  const known = points.filter(([, value]) => value !== undefined).length;
  return known < 32 || known < points.length * 0.7;
}

function markLineOf(lines: readonly HorizontalLine[]): Option {
  return {
    silent: true,
    symbol: 'none',
    data: lines.map(({ value, label, color: wanted }) => {
      const lineColor = wanted === undefined ? color('quiet') : seriesColor(wanted, 0);
      return {
        yAxis: value,
        lineStyle: { color: lineColor, type: 'dashed', width: 1.2 },
        label: {
          formatter: label ?? formatNumber(value),
          position: 'end',
          distance: 4,
          color: lineColor,
          fontSize: FONT_SIZE,
        },
      };
    }),
  };
}

function timeAxis({ starts, periodSeconds }: Window): Option {
  const [first = 0] = starts;
  // Of few periods the last one would be a wide gap at the right.
  const end = (starts.at(-1) ?? 0) + (starts.length < 50 ? 0 : periodSeconds);
  return {
    type: 'time',
    min: first * 1000,
    max: end * 1000,
    splitNumber: 6,
    axisLine: { lineStyle: { color: color('border') } },
    axisTick: { show: false },
    axisLabel: { color: color('quiet'), fontSize: FONT_SIZE, hideOverlap: true, formatter: timeLabel },
  };
}

function valueAxis({ min, max }: { readonly min?: number; readonly max?: number }, needed: number | undefined): Option {
  const end = max ?? needed;
  return {
    type: 'value',
    min,
    max: end,
    splitNumber: 4,
    interval: end === undefined ? undefined : (end - (min ?? 0)) / 4,
    axisLabel: { color: color('quiet'), fontSize: FONT_SIZE, formatter: (value: number) => axisNumber.format(value) },
    splitLine: { lineStyle: { color: color('grid') } },
  };
}

/** Where the axis ends above all data and lines, so that its quarters have few digits; undefined where all are zero. */
function maximumOf(series: readonly ColoredSeries[], lines: readonly HorizontalLine[], stacked: boolean): number | undefined {
  const line = Math.max(0, ...lines.map(({ value }) => value));
  const highest = series.map(({ points }) => points.reduce((most, [, value = 0]) => Math.max(most, value), 0));
  const data = stacked ? highest.reduce((sum, value) => sum + value, 0) : Math.max(0, ...highest);
  const needed = Math.max(line * 1.05, data);
  if (needed <= 0 || series.some(({ points }) => points.some(([, value = 0]) => value < 0))) {
    return undefined;
  }
  const magnitude = 10 ** Math.floor(Math.log10(needed));
  return magnitude * NICE.find((step) => step * magnitude >= needed * 0.999)!;
}

/** The date at midnight, the time otherwise, in UTC. */
function timeLabel(time: number): string {
  const text = new Date(time).toISOString();
  return text.slice(11, 16) === '00:00' ? text.slice(5, 10) : text.slice(11, 16);
}

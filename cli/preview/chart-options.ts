import { formatNumber, ellipsize } from './svg';
import type { Theme } from './theme';
import type { DrawnSeries, MetricWidgetData } from './widget-data';

/** What a dashboard body says about the look of a graph. */
export interface GraphLook {
  readonly stacked?: boolean;
  readonly legend?: { readonly position?: 'right' | 'bottom' | 'hidden' };
  readonly yAxis?: { readonly left?: { readonly min?: number; readonly max?: number } };
  readonly annotations?: {
    readonly horizontal?: ReadonlyArray<{ readonly value: number; readonly label?: string; readonly color?: string }>;
  };
}

type Option = Record<string, unknown>;

const SIZE = 11;

/** Lines or stacked areas over time. */
export function timeSeries({ series, window }: MetricWidgetData, look: GraphLook, theme: Theme): Option {
  const { stacked = false } = look;
  const lines = look.annotations?.horizontal ?? [];
  const highest = Math.max(0, ...lines.map(({ value }) => value));
  const { min, max } = look.yAxis?.left ?? {};
  const [first = 0] = window.starts;
  return {
    ...legendOf(series, look, theme),
    xAxis: {
      type: 'time',
      min: first * 1000,
      max: ((window.starts.at(-1) ?? 0) + (window.starts.length < 50 ? 0 : window.periodSeconds)) * 1000,
      splitNumber: 6,
      axisLine: { lineStyle: { color: theme.border } },
      axisTick: { show: false },
      axisLabel: { color: theme.quiet, fontSize: SIZE, hideOverlap: true, formatter: axisTime },
    },
    yAxis: valueAxis(theme, min, max ?? ((range: { max: number }) => (highest > range.max ? highest * 1.12 : null))),
    series: series.map((one, index) => ({
      type: 'line',
      name: one.label,
      stack: stacked ? 'all' : undefined,
      areaStyle: stacked ? { opacity: 0.75 } : undefined,
      color: one.color ?? theme.series[index % theme.series.length],
      lineStyle: { width: stacked ? (one.points.length > 400 ? 0 : 0.8) : 1.6 },
      symbolSize: 3,
      symbol: 'circle',
      showSymbol: !stacked && isSparse(one),
      data: one.points.map(([time, value]) => [time, value ?? (stacked ? 0 : null)]),
      markLine:
        index > 0 || lines.length === 0
          ? undefined
          : {
              silent: true,
              symbol: 'none',
              data: lines.map(({ value, label, color = theme.quiet }) => ({
                yAxis: value,
                lineStyle: { color, type: 'dashed', width: 1.2 },
                label: {
                  formatter: label ?? formatNumber(value),
                  position: 'insideStartTop',
                  color,
                  fontSize: SIZE,
                  backgroundColor: theme.card,
                  padding: [2, 5],
                  borderRadius: 3,
                },
              })),
            },
    })),
  };
}

/** The total of each series as a bar, the largest on top. */
export function bars(
  items: ReadonlyArray<{ readonly label: string; readonly value: number; readonly color?: string }>,
  theme: Theme,
): Option {
  const sorted = [...items].sort((a, b) => a.value - b.value).slice(-12);
  return {
    grid: { left: 12, right: 70, top: 4, bottom: 8, containLabel: true },
    xAxis: { ...valueAxis(theme, 0, undefined), axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: {
      type: 'category',
      data: sorted.map(({ label }) => ellipsize(label, SIZE, 290)),
      axisLine: { lineStyle: { color: theme.border } },
      axisTick: { show: false },
      axisLabel: { color: theme.text, fontSize: SIZE },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 18,
        data: sorted.map(({ value, color }) => ({ value, itemStyle: { color: color ?? theme.series[0], borderRadius: [0, 2, 2, 0] } })),
        label: {
          show: true,
          position: 'right',
          color: theme.text,
          fontSize: SIZE,
          formatter: ({ value }: { value: number }) => formatNumber(value),
        },
      },
    ],
  };
}

/** The share of each series in the total. */
export function pie(
  items: ReadonlyArray<{ readonly label: string; readonly value: number; readonly color?: string }>,
  theme: Theme,
): Option {
  const total = items.reduce((sum, { value }) => sum + value, 0);
  const sorted = [...items].filter(({ value }) => value > 0).sort((a, b) => b.value - a.value);
  const share = (value: number) => `${((100 * value) / total).toFixed(1)} %`;
  return {
    legend: {
      orient: 'vertical',
      left: '44%',
      top: 'middle',
      itemWidth: 10,
      itemHeight: 10,
      icon: 'roundRect',
      textStyle: { color: theme.text, fontSize: SIZE },
      formatter: (name: string) => {
        const value = sorted.find(({ label }) => label === name)?.value ?? 0;
        return `${ellipsize(name, SIZE, 230)}   ${formatNumber(value)} · ${share(value)}`;
      },
    },
    series: [
      {
        type: 'pie',
        radius: ['52%', '82%'],
        center: ['21%', '50%'],
        label: { show: false },
        itemStyle: { borderColor: theme.card, borderWidth: 1.5 },
        data: sorted.map(({ label, value, color }, index) => ({
          name: label,
          value,
          itemStyle: { color: color ?? theme.series[index % theme.series.length] },
        })),
      },
    ],
  };
}

/** A line without axes, beside a single value. */
export function sparkline(series: DrawnSeries, color: string): Option {
  return {
    grid: { left: 0, right: 0, top: 4, bottom: 0 },
    xAxis: { type: 'time', show: false },
    yAxis: { type: 'value', show: false, min: ({ min }: { min: number }) => Math.min(0, min) },
    series: [
      {
        type: 'line',
        showSymbol: false,
        color,
        lineStyle: { width: 1.6 },
        areaStyle: { opacity: 0.14 },
        data: series.points.map(([time, value]) => [time, value ?? null]),
      },
    ],
  };
}

function legendOf(series: readonly DrawnSeries[], look: GraphLook, theme: Theme): Option {
  const position = look.legend?.position ?? 'bottom';
  const common = {
    icon: 'roundRect',
    itemWidth: 10,
    itemHeight: 10,
    data: series.map(({ label }) => label),
    textStyle: { color: theme.text, fontSize: SIZE },
    formatter: (name: string) => ellipsize(name, SIZE, position === 'right' ? 190 : 330),
  };
  const grid = { left: 10, right: 22, top: 10, bottom: 6, containLabel: true };
  if (position === 'hidden') {
    return { grid };
  }
  return position === 'right'
    ? { grid: { ...grid, right: 226 }, legend: { ...common, orient: 'vertical', right: 4, top: 4, align: 'left', width: 210 } }
    : { grid: { ...grid, bottom: 34 }, legend: { ...common, bottom: 4, left: 12, itemGap: 22 } };
}

function valueAxis(theme: Theme, min: unknown, max: unknown): Option {
  return {
    type: 'value',
    min,
    max,
    splitNumber: 4,
    interval: typeof max === 'number' ? max / 4 : undefined,
    axisLabel: { color: theme.quiet, fontSize: SIZE, formatter: (value: number) => formatNumber(value) },
    splitLine: { lineStyle: { color: theme.grid } },
  };
}

/** Single datapoints between holes would not be seen as a line. */
function isSparse({ points }: DrawnSeries): boolean {
  const known = points.filter(([, value]) => value !== undefined).length;
  return known < 32 || known < points.length * 0.7;
}

function axisTime(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const midnight = date.getUTCHours() === 0 && date.getUTCMinutes() === 0;
  return midnight ? `${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}` : `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

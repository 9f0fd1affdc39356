import { IS_LEDGER } from '../../engine/ledger/members';
import { drawChart } from './chart';
import { bars, type GraphLook, pie, sparkline, timeSeries } from './chart-options';
import { runQuery, type QueryResult, type LogRow } from '../../local-cloudwatch/logs-insights';
import { drawMarkdown } from './markdown';
import type { Measurement } from './measurement';
import { type Box, formatNumber, round, ellipsize, ellipsizeStart, text } from './svg';
import { drawTable } from './query-table';
import type { Theme } from './theme';
import { type DrawnSeries, metricWidgetData, type MetricWidget, secondsOf } from './widget-data';

/** A widget of a dashboard body. */
export interface BodyWidget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: MetricWidget &
    GraphLook & {
      readonly title?: string;
      readonly markdown?: string;
      readonly view?: string;
      readonly sparkline?: boolean;
      readonly query?: string;
      readonly alarms?: readonly string[];
    };
}

export interface Scene {
  readonly start: string;
  readonly measurement: Measurement;
  readonly theme: Theme;
}

/** A widget as it is drawn, and what is to be said about it. */
export interface DrawnWidget {
  readonly svg: string;
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

interface Content {
  readonly svg: string;
  readonly problems?: readonly string[];
  readonly notes?: readonly string[];
}

const TITLE = 32;

/** Draws one widget. What is wrong with it is written on it, and told to the caller. */
export function drawWidget(widget: BodyWidget, box: Box, scene: Scene): DrawnWidget {
  const { theme } = scene;
  const { title } = widget.properties;
  const inner = title === undefined ? box : { x: box.x, y: box.y + TITLE, width: box.width, height: box.height - TITLE };
  const { svg, problems = [], notes = [] } = contentOf(widget, inner, scene);
  const parts = [
    `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="8" fill="${theme.card}" stroke="${theme.border}"/>`,
    title === undefined
      ? ''
      : text(ellipsize(title, 13, box.width - 24), box.x + 14, box.y + 22, { size: 13, color: theme.text, weight: 600 }),
    svg,
    ...notes
      .slice(0, 1)
      .map((note) => text(ellipsize(note, 10, box.width - 28), box.x + 14, box.y + box.height - 8, { size: 10, color: theme.quiet })),
    ...problems.map((problem, index) => problemOf(problem, box, index, theme)),
  ];
  return { svg: parts.join(''), problems, notes };
}

function contentOf({ type, properties }: BodyWidget, box: Box, scene: Scene): Content {
  try {
    switch (type) {
      case 'text':
        return { svg: drawMarkdown(properties.markdown ?? '', box, scene.theme) };
      case 'metric':
        return metricContent(properties, box, scene);
      case 'log':
        return logContent(properties, box, scene);
      case 'alarm':
        return { svg: alarmContent(properties.alarms ?? [], box, scene.theme), notes: ['the state of alarms is known in CloudWatch only'] };
      default:
        return { svg: '', notes: [`a widget of type '${type}' is not drawn`] };
    }
  } catch (error) {
    return { svg: '', problems: [(error as Error).message] };
  }
}

function metricContent(properties: BodyWidget['properties'], box: Box, { start, measurement, theme }: Scene): Content {
  const data = metricWidgetData(properties, start, measurement);
  const { problems, notes, series } = data;
  const inner = { ...box, height: box.height - (notes.length ? 16 : 4) };
  const totals = series.flatMap(({ label, color, points }) => {
    const values = points.map(([, value]) => value).filter((value) => value !== undefined);
    return values.length ? [{ label, color, value: values.reduce((sum, value) => sum + value, 0) }] : [];
  });
  const empty = series.every(({ points }) => points.every(([, value]) => value === undefined));
  if (properties.view === 'singleValue') {
    return { svg: numbers(series, properties.sparkline ?? false, box, theme), problems, notes };
  }
  if (empty) {
    const where = [box.x + box.width / 2, box.y + box.height / 2 - 12] as const;
    return { svg: text('no data in this time', ...where, { size: 12, color: theme.quiet, anchor: 'middle' }), problems, notes };
  }
  const option =
    properties.view === 'pie' ? pie(totals, theme) : properties.view === 'bar' ? bars(totals, theme) : timeSeries(data, properties, theme);
  return { svg: drawChart(option, inner), problems, notes };
}

/** The latest value of each series, side by side, and the sparkline of the first. */
function numbers(series: readonly DrawnSeries[], withSparkline: boolean, box: Box, theme: Theme): string {
  const size = box.width < 260 ? 25 : 30;
  const columns = series.map((one, index) => {
    const value = one.points
      .map(([, point]) => point)
      .filter((point) => point !== undefined)
      .at(-1);
    const x = box.x + 14 + (index * (box.width - 14)) / series.length;
    return (
      text(value === undefined ? '–' : formatNumber(value), x, box.y + 30, {
        size: index ? size * 0.72 : size,
        color: theme.text,
        weight: 650,
      }) + text(ellipsize(one.label, 11, box.width / series.length - 8), x, box.y + 49, { size: 11, color: theme.quiet })
    );
  });
  const [first] = series;
  const area = { x: box.x + 14, y: box.y + 62, width: box.width - 28, height: box.height - 76 };
  return (
    columns.join('') +
    (withSparkline && first && area.height > 20 ? drawChart(sparkline(first, first.color ?? theme.series[0]!), area) : '')
  );
}

function logContent({ query = '', view = 'table' }: BodyWidget['properties'], box: Box, { start, measurement, theme }: Scene): Content {
  const sources = [...query.matchAll(/SOURCE '([^']*)'/g)].map(([, name]) => name);
  const body = query.replace(/^(?:\s*SOURCE '[^']*'\s*\|?)+/, '').trim();
  const from = measurement.end - secondsOf(start) * 1000;
  // Invocation records give the lines of the ledger, and of no other log group.
  const isLedger = body.includes(IS_LEDGER);
  const inTime = (row: LogRow) => Number(row.get('@timestamp')) >= from;
  const result = runQuery(body, isLedger ? measurement.ledger.filter(inTime) : []);
  const notes = isLedger ? [] : [`the content of ${sources.join(', ')} is not simulated`];
  const inner = { ...box, height: box.height - (notes.length ? 16 : 4) };
  if (view === 'table') {
    return { svg: drawTable(result, inner, theme), notes };
  }
  const items = itemsOf(result);
  return { svg: items.length === 0 ? '' : drawChart(view === 'pie' ? pie(items, theme) : bars(items, theme), inner), notes };
}

/** Groups as a chart shows them: named by their text, as large as their first number. */
function itemsOf({ columns, rows }: QueryResult): Array<{ label: string; value: number }> {
  return rows.flatMap((row) => {
    const value = columns.map((column) => row.get(column)).find((each) => typeof each === 'number');
    const label = columns
      .map((column) => row.get(column))
      .filter((each) => typeof each === 'string')
      .join(' ');
    return value === undefined ? [] : [{ label, value }];
  });
}

function alarmContent(arns: readonly string[], box: Box, theme: Theme): string {
  const width = (box.width - 28) / 6;
  return arns
    .map((arn, index) => {
      // Without a name of its own an alarm has that of its place, and a hash.
      const name = (arn.split(':alarm:').at(-1) ?? arn).replace(/[0-9A-F]{8}$/, '');
      const [x, y] = [box.x + 14 + (index % 6) * width, box.y + 4 + Math.floor(index / 6) * 34];
      const fits = y + 28 < box.y + box.height - 14;
      return fits
        ? `<rect x="${round(x)}" y="${round(y)}" width="${round(width - 8)}" height="28" rx="5" fill="none" stroke="${theme.border}"/>` +
            text(ellipsizeStart(name, 11, width - 30), x + 9, y + 18, { size: 11, color: theme.text })
        : '';
    })
    .join('');
}

function problemOf(problem: string, box: Box, index: number, theme: Theme): string {
  const y = box.y + box.height - 30 - index * 26;
  return (
    `<rect x="${box.x + 8}" y="${round(y)}" width="${box.width - 16}" height="22" rx="4" fill="${theme.problem}"/>` +
    text(ellipsize(problem, 11, box.width - 40), box.x + 16, y + 15, { size: 11, color: theme.problemText, weight: 600 })
  );
}

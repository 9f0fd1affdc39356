import { evaluateMath, type Series, UnsupportedMath } from '../../local-cloudwatch/metric-math';
import type { Measurement } from './measurement';
import type { MetricName, Window } from '../../local-cloudwatch/metric-store';

/** One series as it is drawn. */
export interface DrawnSeries {
  readonly label: string;
  readonly color?: string;
  readonly points: ReadonlyArray<readonly [milliseconds: number, value: number | undefined]>;
}

export interface MetricWidgetData {
  readonly series: readonly DrawnSeries[];
  readonly window: Window;
  /** What is wrong: a metric that does not exist, an expression that cannot be read. */
  readonly problems: readonly string[];
  /** What cannot be known here. */
  readonly notes: readonly string[];
}

export interface MetricWidget {
  readonly metrics?: ReadonlyArray<readonly unknown[]>;
  readonly region?: string;
  readonly start?: string;
  readonly period?: number;
  readonly stat?: string;
  readonly setPeriodToTimeRange?: boolean;
}

interface Options {
  readonly id?: string;
  readonly label?: string;
  readonly expression?: string;
  readonly period?: number;
  readonly stat?: string;
  readonly color?: string;
  readonly visible?: boolean;
  readonly region?: string;
}

interface MetricRow extends Options {
  readonly name?: MetricName;
}

const UNITS: Readonly<Record<string, number>> = { M: 60, H: 3600, D: 86_400, W: 604_800 };

/** The seconds of a relative time such as -P7D or -PT3H. */
export function secondsOf(start: string): number {
  const [, days, time] = /^-P(?:(\d+[DW]))?(?:T(\d+[HM]))?$/.exec(start) ?? [];
  const part = (text: string | undefined) => (text === undefined ? 0 : Number(text.slice(0, -1)) * UNITS[text.slice(-1)]!);
  const seconds = part(days) + part(time);
  if (seconds === 0) {
    throw new Error(`the time range '${start}' is not drawn: only ranges up to now, such as -P7D or -PT3H, are`);
  }
  return seconds;
}

/** Evaluates the metrics of a widget over the time that it shows. */
export function metricWidgetData(widget: MetricWidget, dashboardStart: string, measurement: Measurement): MetricWidgetData {
  const problems: string[] = [];
  const notes: string[] = [];
  const length = secondsOf(widget.start ?? dashboardStart);
  const rows = (widget.metrics ?? []).map(rowOf);
  const periodOf = ({ period }: MetricRow) => period ?? widget.period ?? 300;
  const windowOf = (period: number): Window => {
    if (widget.setPeriodToTimeRange) {
      return { starts: [Math.floor(measurement.end / 1000) - length], periodSeconds: length };
    }
    const last = Math.floor(measurement.end / 1000 / period) * period;
    const count = Math.min(Math.ceil(length / period), 10_000);
    return { starts: Array.from({ length: count }, (_, index) => last - (count - 1 - index) * period), periodSeconds: period };
  };

  const evaluate = (row: MetricRow, period: number, busy: readonly MetricRow[]): readonly Series[] => {
    const window = windowOf(period);
    if (row.name) {
      return [metricSeries(row.name, row, window)];
    }
    if (busy.includes(row)) {
      throw new UnsupportedMath(`'${row.expression}' uses itself`);
    }
    return evaluateMath(row.expression ?? '', {
      ...window,
      metricIds: rows.flatMap(({ id, name }) => (id !== undefined && name ? [id] : [])),
      lookup: (id) => {
        const found = rows.find((each) => each.id === id);
        if (!found) {
          throw new UnsupportedMath(`'${row.expression}' names '${id}', which is no metric of this widget`);
        }
        const series = evaluate(found, period, [...busy, row]);
        return series.length === 1 ? series[0]! : series;
      },
      search: (query, statistic, wanted) => measurement.metrics.search(query, statistic, windowOf(wanted)),
    });
  };

  const metricSeries = (name: MetricName, row: MetricRow, window: Window): Series => {
    if (!measurement.metrics.has(name)) {
      const text = `${name.namespace} ${name.metricName}${Object.entries(name.dimensions)
        .map(([key, value]) => ` ${key}=${value}`)
        .join('')}`;
      if (measurement.metrics.knows(name.namespace)) {
        problems.push(`there is no metric ${text}`);
      } else {
        notes.push(`${text} is not simulated`);
      }
    }
    return measurement.metrics.series(name, row.stat ?? widget.stat ?? 'Average', window);
  };

  const series = rows
    .filter(({ visible }) => visible !== false)
    .flatMap((row) => {
      if (row.expression?.startsWith('ANOMALY_DETECTION_BAND(')) {
        notes.push('the expected range is learnt by CloudWatch and not drawn here');
        return [];
      }
      try {
        const period = periodOf(row);
        const window = windowOf(period);
        return evaluate(row, period, []).map((found) => ({
          label: [row.label, row.label && row.expression?.includes('SEARCH(') ? found.label : ''].filter(Boolean).join(' ') || found.label,
          color: row.color,
          points: window.starts.map((start) => [start * 1000, found.values.get(start)] as const),
        }));
      } catch (error) {
        problems.push((error as Error).message);
        return [];
      }
    });
  return { series, window: windowOf(rows[0] ? periodOf(rows[0]) : 300), problems: [...new Set(problems)], notes: [...new Set(notes)] };
}

function rowOf(metric: readonly unknown[]): MetricRow {
  const last = metric.at(-1);
  const options = (typeof last === 'object' ? last : {}) as Options;
  const names = (typeof last === 'object' ? metric.slice(0, -1) : metric) as string[];
  if (options.expression !== undefined) {
    return options;
  }
  if (names.length < 2 || names.length % 2 === 1 || names.some((name) => name === '.' || name === '...')) {
    throw new Error(`a metric must be written as namespace, name and pairs of dimensions, got ${JSON.stringify(metric)}`);
  }
  const [namespace = '', metricName = '', ...pairs] = names;
  const dimensions = Object.fromEntries(pairs.flatMap((name, index) => (index % 2 === 0 ? [[name, pairs[index + 1] ?? '']] : [])));
  return { ...options, name: { namespace, metricName, dimensions } };
}

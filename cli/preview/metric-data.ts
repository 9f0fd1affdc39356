import { evaluateMath, type Series, UnsupportedMath } from '../../local-cloudwatch/metric-math';
import type { MetricName, Window } from '../../local-cloudwatch/metric-store';
import { secondsOf, type WidgetProperties } from './dashboard-body';
import type { Measurement } from './measurement';

/** One series as a widget shows it. */
export interface WidgetSeries {
  readonly label: string;
  /** The colour that the dashboard body asks for. */
  readonly color?: string;
  readonly points: ReadonlyArray<readonly [milliseconds: number, value: number | undefined]>;
}

/** The metrics of a widget over the time that it shows. */
export interface MetricData {
  readonly series: readonly WidgetSeries[];
  readonly window: Window;
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

interface MetricRow {
  /** Absent for an expression. */
  readonly name?: MetricName;
  readonly id?: string;
  readonly label?: string;
  readonly expression?: string;
  readonly period?: number;
  readonly stat?: string;
  readonly color?: string;
  readonly visible?: boolean;
}

const DEFAULT_PERIOD = 300;
/** A graph with more datapoints is drawn for its latest ones. */
const MAX_PERIODS = 10_000;

/** What comes from spans or from evaluators, and not from the records that are drawn. */
const NOT_OF_RECORDS = /\bagents\.[a-z.]+|Bedrock-AgentCore\/Evaluations/;

/** Evaluates the metrics of a widget. Each that cannot be evaluated is a problem, and the others are shown. */
export function evaluateMetrics(properties: WidgetProperties, dashboardStart: string, measurement: Measurement): MetricData {
  const evaluation = new Evaluation(properties, secondsOf(properties.start ?? dashboardStart), measurement);
  return evaluation.run();
}

class Evaluation {
  private readonly rows: readonly MetricRow[];
  private readonly problems = new Set<string>();
  private readonly notes = new Set<string>();

  constructor(
    private readonly properties: WidgetProperties,
    private readonly seconds: number,
    private readonly measurement: Measurement,
  ) {
    this.rows = (properties.metrics ?? []).map(rowOf);
  }

  public run(): MetricData {
    const series = this.rows.filter(({ visible }) => visible !== false).flatMap((row) => this.seriesOf(row));
    const window = this.windowOf(this.rows[0] ? this.periodOf(this.rows[0]) : DEFAULT_PERIOD);
    return { series, window, problems: [...this.problems], notes: [...this.notes] };
  }

  private seriesOf(row: MetricRow): WidgetSeries[] {
    if (row.expression?.startsWith('ANOMALY_DETECTION_BAND(')) {
      this.notes.add('the expected range is learnt by CloudWatch and not drawn here');
      return [];
    }
    const [other] = NOT_OF_RECORDS.exec(row.expression ?? '') ?? [];
    if (other !== undefined) {
      this.notes.add(`${other} is not simulated`);
      return [];
    }
    try {
      const period = this.periodOf(row);
      const { starts } = this.windowOf(period);
      return this.evaluate(row, period).map(({ label, values }) => ({
        label: labelOf(row, label),
        color: row.color,
        points: starts.map((start) => [start * 1000, values.get(start)] as const),
      }));
    } catch (error) {
      this.problems.add((error as Error).message);
      return [];
    }
  }

  /** @param users the expressions that are being evaluated and use this row */
  private evaluate(row: MetricRow, period: number, users: readonly MetricRow[] = []): readonly Series[] {
    const window = this.windowOf(period);
    if (row.name) {
      return [this.read(row.name, row, window)];
    }
    if (users.includes(row)) {
      throw new UnsupportedMath(`'${row.expression}' uses itself`);
    }
    return evaluateMath(row.expression ?? '', {
      ...window,
      metricIds: this.rows.flatMap(({ id, name }) => (id !== undefined && name ? [id] : [])),
      lookup: (id) => {
        const found = this.rows.find((each) => each.id === id);
        if (!found) {
          throw new UnsupportedMath(`'${row.expression}' names '${id}', which is no metric of this widget`);
        }
        const series = this.evaluate(found, period, [...users, row]);
        return series.length === 1 ? series[0]! : series;
      },
      search: (query, statistic, wanted) => this.measurement.metrics.search(query, statistic, this.windowOf(wanted)),
    });
  }

  private read(name: MetricName, { stat }: MetricRow, window: Window): Series {
    const { metrics } = this.measurement;
    if (!metrics.has(name)) {
      const dimensions = Object.entries(name.dimensions).map(([key, value]) => ` ${key}=${value}`);
      const text = `${name.namespace} ${name.metricName}${dimensions.join('')}`;
      if (metrics.knows(name.namespace) && !NOT_OF_RECORDS.test(name.metricName)) {
        this.problems.add(`there is no metric ${text}`);
      } else {
        this.notes.add(`${text} is not simulated`);
      }
    }
    return metrics.series(name, stat ?? this.properties.stat ?? 'Average', window);
  }

  private periodOf({ period }: MetricRow): number {
    return period ?? this.properties.period ?? DEFAULT_PERIOD;
  }

  private windowOf(period: number): Window {
    const end = Math.floor(this.measurement.end / 1000);
    if (this.properties.setPeriodToTimeRange) {
      return { starts: [end - this.seconds], periodSeconds: this.seconds };
    }
    const current = end - (end % period);
    // Without live data CloudWatch leaves out the period that is not over.
    const last = this.properties.liveData === false ? current - period : current;
    const count = Math.min(Math.ceil(this.seconds / period), MAX_PERIODS);
    return { starts: Array.from({ length: count }, (_, index) => last - (count - 1 - index) * period), periodSeconds: period };
  }
}

/** A search has a series for each metric that it finds, so each keeps its own name after that of the row. */
function labelOf({ label, expression }: MetricRow, own: string): string {
  return label && expression?.startsWith('SEARCH(') ? `${label} ${own}` : label || own;
}

function rowOf(metric: readonly unknown[]): MetricRow {
  const last = metric.at(-1);
  const hasOptions = typeof last === 'object' && last !== null;
  const options = (hasOptions ? last : {}) as MetricRow;
  const names = (hasOptions ? metric.slice(0, -1) : metric) as string[];
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

import { GetMetricDataCommand, ListMetricsCommand, paginateListMetrics } from '@aws-sdk/client-cloudwatch';
import type { MetricRead } from './alarm-evaluator';
import type { Clients } from './clients';
import type { Series } from './metric-math';

type Dimensions = Readonly<Record<string, string>>;

const DAY = 86_400;

/** Statistics for which the whole is the sum of its parts. */
const ADDITIVE = ['Sum', 'SampleCount'];

/** Reads metrics of the emulator as CloudWatch would answer. */
export class MetricReader {
  constructor(
    private readonly clients: Clients,
    /** The time of the first and of the last call. */
    private readonly from: Date,
    private readonly to: Date,
  ) {}

  /** The sum of a metric over all calls. */
  async total(namespace: string, metricName: string, dimensions: Dimensions = {}): Promise<number> {
    const first = Math.floor(this.from.getTime() / 1000 / DAY) * DAY;
    const last = Math.floor(this.to.getTime() / 1000 / DAY) * DAY;
    const starts = Array.from({ length: (last - first) / DAY + 1 }, (_, index) => first + index * DAY);
    const series = await this.read({ namespace, metricName, dimensions, statistic: 'Sum', periodSeconds: DAY, starts });
    return series.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  }

  /**
   * A metric over the given periods.
   *
   * The emulator answers a query without dimensions with all series of the metric together, where CloudWatch answers with
   * the one that has no dimensions: the others are read as well and taken off.
   */
  async read(read: MetricRead): Promise<Series> {
    const all = await this.query(read);
    if (Object.keys(read.dimensions).length > 0 || !ADDITIVE.includes(read.statistic)) {
      return all;
    }
    let rest = all;
    for (const dimensions of await this.dimensionSets(read.namespace, read.metricName)) {
      const part = await this.query({ ...read, dimensions });
      rest = rest.map((value, index) => (value === undefined ? undefined : Number((value - (part[index] ?? 0)).toFixed(9))));
    }
    return rest;
  }

  /** Whether the metric has any datapoint at all, with whatever dimensions. */
  async exists(namespace: string, metricName: string): Promise<boolean> {
    const { Metrics = [] } = await this.clients.cloudWatch.send(new ListMetricsCommand({ Namespace: namespace, MetricName: metricName }));
    return Metrics.length > 0;
  }

  private async query(read: MetricRead): Promise<Series> {
    const { namespace, metricName, dimensions, statistic, periodSeconds, starts } = read;
    const { MetricDataResults = [] } = await this.clients.cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date((starts[0] ?? 0) * 1000),
        EndTime: new Date(((starts.at(-1) ?? 0) + periodSeconds) * 1000),
        MetricDataQueries: [
          {
            Id: 'm',
            MetricStat: {
              Metric: {
                Namespace: namespace,
                MetricName: metricName,
                Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
              },
              Period: periodSeconds,
              Stat: statistic,
            },
          },
        ],
      }),
    );
    const { Timestamps = [], Values = [] } = MetricDataResults[0] ?? {};
    const byStart = new Map(Timestamps.map((time, index) => [time.getTime() / 1000, Values[index]]));
    return starts.map((start) => byStart.get(start));
  }

  private async dimensionSets(namespace: string, metricName: string): Promise<Dimensions[]> {
    const sets: Dimensions[] = [];
    for await (const { Metrics = [] } of paginateListMetrics(
      { client: this.clients.cloudWatch },
      { Namespace: namespace, MetricName: metricName },
    )) {
      sets.push(...Metrics.map(({ Dimensions = [] }) => Object.fromEntries(Dimensions.map(({ Name = '', Value = '' }) => [Name, Value]))));
    }
    return sets.filter((set) => Object.keys(set).length > 0);
  }
}

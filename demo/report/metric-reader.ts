import { GetMetricDataCommand, ListMetricsCommand, paginateListMetrics } from '@aws-sdk/client-cloudwatch';
import type { MetricRead, MetricSource, Period } from '../../local-cloudwatch/alarm-evaluator';
import type { Clients } from '../emulator/clients';

type Dimensions = Readonly<Record<string, string>>;

/** Statistics for which the whole is the sum of its parts. */
const ADDITIVE = ['Sum', 'SampleCount'];

/** The emulator aligns periods with the epoch, wherever a query starts. A period of three centuries has no such edge inside a query. */
const UNCUT_SECONDS = 10_000_000_000;

/** Reads metrics of the emulator, and answers as CloudWatch would. */
export class MetricReader implements MetricSource {
  constructor(
    private readonly clients: Clients,
    /** The time of the first and of the last call. */
    private readonly from: Date,
    private readonly to: Date,
  ) {}

  /** The sum of a metric over all calls. */
  async total(namespace: string, metricName: string, dimensions: Dimensions = {}): Promise<number> {
    const minute = (time: Date) => Math.floor(time.getTime() / 60_000) * 60;
    const periods = [{ start: minute(this.from), end: minute(this.to) + 60 }];
    const [sum = 0] = await this.read({ namespace, metricName, dimensions, statistic: 'Sum', periods });
    return sum;
  }

  /**
   * A metric over the given periods.
   *
   * A query without dimensions means the series without dimensions. The emulator adds up all series of the metric instead,
   * so the others are read as well and subtracted.
   */
  async read({ namespace, metricName, dimensions, statistic, periods }: MetricRead): Promise<(number | undefined)[]> {
    const isMixed = Object.keys(dimensions).length === 0 && ADDITIVE.includes(statistic);
    const others = isMixed ? await this.dimensionSets(namespace, metricName) : [];
    const metrics = [dimensions, ...others].map((set) => ({
      Namespace: namespace,
      MetricName: metricName,
      Dimensions: Object.entries(set).map(([Name, Value]) => ({ Name, Value })),
    }));
    return Promise.all(
      periods.map(async (period) => {
        const [all, ...parts] = await this.query(metrics, statistic, period);
        const own = parts.reduce<number>((left, part) => left - (part ?? 0), all ?? 0);
        // The subtraction of doubles leaves a remainder far below a cent.
        return all === undefined || others.length === 0 ? all : Number(own.toFixed(9));
      }),
    );
  }

  /** Whether the metric has a datapoint, with any dimensions. */
  async exists(namespace: string, metricName: string): Promise<boolean> {
    const { Metrics = [] } = await this.clients.cloudWatch.send(new ListMetricsCommand({ Namespace: namespace, MetricName: metricName }));
    return Metrics.length > 0;
  }

  private async query(metrics: readonly object[], statistic: string, { start, end }: Period): Promise<(number | undefined)[]> {
    const { MetricDataResults = [] } = await this.clients.cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(start * 1000),
        EndTime: new Date(end * 1000),
        MetricDataQueries: metrics.map((Metric, index) => ({
          Id: `m${index}`,
          MetricStat: { Metric, Period: UNCUT_SECONDS, Stat: statistic },
        })),
      }),
    );
    return metrics.map((_, index) => MetricDataResults.find(({ Id }) => Id === `m${index}`)?.Values?.[0]);
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

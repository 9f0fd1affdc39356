import {
  CloudWatchClient,
  type MessageData,
  type MetricDataQuery,
  type MetricDataResult,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, GetQueryResultsCommand, type ResultField, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import { createWaiter, WaiterState } from '@smithy/util-waiter';
import { withDeadline } from './deadline';
import type { MetricQuery, Points, QueryRow, Sources } from './sources';

/** How long a query may take: below the timeout of the functions that ask. */
const QUERY_SECONDS = 90;

/** How long anything may take that is asked, all pages and attempts included. Without it, one silent answer stops all signals. */
const DEADLINE_MS = 100_000;

/** History from CloudWatch. */
export class AwsSources implements Sources {
  private readonly metrics: CloudWatchClient;
  private readonly logs: CloudWatchLogsClient;

  /** @param region the Region to ask, which is that of the function by default */
  constructor(
    private readonly deadlineMs = DEADLINE_MS,
    region?: string,
  ) {
    this.metrics = new CloudWatchClient({ ...(region && { region }) });
    this.logs = new CloudWatchLogsClient({ ...(region && { region }) });
  }

  public async series(query: MetricQuery, from: number, to: number): Promise<Points> {
    const { namespace, metricName, dimensions = {}, statistic, periodSeconds } = query;
    const [result] = await this.read(
      {
        Id: 'm',
        MetricStat: {
          Metric: {
            Namespace: namespace,
            MetricName: metricName,
            Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          },
          Stat: statistic,
          Period: periodSeconds,
        },
      },
      from,
      to,
    );
    return result?.points ?? new Map<number, number>();
  }

  public async seriesBy(
    dimension: string,
    query: Omit<MetricQuery, 'dimensions'>,
    from: number,
    to: number,
  ): Promise<ReadonlyMap<string, Points>> {
    const { namespace, metricName, statistic, periodSeconds } = query;
    const Expression = `SEARCH('{"${namespace}","${dimension}"} MetricName="${metricName}"', '${statistic}', ${periodSeconds})`;
    const results = await this.read({ Id: 'm', Expression, Label: `\${PROP('Dim.${dimension}')}` }, from, to);
    return new Map(results.map(({ label, points }) => [label, points]));
  }

  /** A metric without dimensions for each account, also of those that share it with this one. */
  public async seriesByAccount(query: Omit<MetricQuery, 'dimensions'>, from: number, to: number): Promise<ReadonlyMap<string, Points>> {
    const { namespace, metricName, statistic, periodSeconds } = query;
    const Expression = `SEARCH('{"${namespace}"} MetricName="${metricName}"', '${statistic}', ${periodSeconds})`;
    const results = await this.read({ Id: 'm', Expression, Label: "${PROP('AccountId')}" }, from, to);
    return new Map(results.map(({ label, points }) => [label, points]));
  }

  public rows(logGroup: string | readonly string[], query: string, from: number, to: number): Promise<readonly QueryRow[]> {
    return withDeadline(`the query over ${[logGroup].flat().join(', ')}`, this.deadlineMs, (signal) =>
      this.queried(logGroup, query, from, to, signal),
    );
  }

  private async queried(
    logGroup: string | readonly string[],
    query: string,
    from: number,
    to: number,
    abortSignal: AbortSignal,
  ): Promise<readonly QueryRow[]> {
    const start = new StartQueryCommand({
      ...(typeof logGroup === 'string' ? { logGroupName: logGroup } : { logGroupNames: [...logGroup] }),
      queryString: query,
      startTime: Math.floor(from / 1000),
      // StartQuery includes its end.
      endTime: Math.ceil(to / 1000) - 1,
    });
    const { queryId } = await this.logs.send(start, { abortSignal });
    let rows: readonly QueryRow[] = [];
    const outcome = await createWaiter({ client: undefined, maxWaitTime: QUERY_SECONDS, minDelay: 1, maxDelay: 3 }, undefined, async () => {
      const { status, results = [] } = await this.logs.send(new GetQueryResultsCommand({ queryId }), { abortSignal });
      if (status === 'Scheduled' || status === 'Running') {
        return { state: WaiterState.RETRY, reason: status };
      }
      rows = results.map(rowOf);
      return { state: status === 'Complete' ? WaiterState.SUCCESS : WaiterState.FAILURE, reason: status };
    });
    if (outcome.state !== WaiterState.SUCCESS) {
      throw new Error(`a query over ${[logGroup].flat().join(', ')} ended with ${String(outcome.reason)} after ${QUERY_SECONDS} s at most`);
    }
    return rows;
  }

  private read(query: MetricDataQuery, from: number, to: number): Promise<Array<{ label: string; points: Map<number, number> }>> {
    return withDeadline('GetMetricData', this.deadlineMs, async (abortSignal) => {
      const pages = paginateGetMetricData(
        { client: this.metrics },
        { MetricDataQueries: [query], StartTime: new Date(from), EndTime: new Date(to), ScanBy: 'TimestampAscending' },
        { abortSignal },
      );
      const found = new Map<string, Map<number, number>>();
      const lastStatus = new Map<string, string | undefined>();
      for await (const { MetricDataResults = [], Messages = [] } of pages) {
        refuseMessages(Messages);
        for (const result of MetricDataResults) {
          refuseMessages(result.Messages ?? []);
          add(found, result);
          lastStatus.set(result.Label ?? '', result.StatusCode);
        }
      }
      // Of a series on several pages all but the last are partial.
      const incomplete = [...lastStatus.values()].find((status) => status !== undefined && status !== 'Complete');
      if (incomplete !== undefined) {
        throw new Error(`GetMetricData ended with the status ${incomplete}`);
      }
      return [...found].map(([label, points]) => ({ label, points }));
    });
  }
}

/** An answer with a message is cut, denied or wrong: as no data it would become a zero in the sums made of it. */
function refuseMessages(messages: readonly MessageData[]): void {
  const [first] = messages;
  if (first) {
    throw new Error(`GetMetricData answered '${first.Code ?? ''}': ${first.Value ?? ''}`);
  }
}

/** Adds a result to what was found before: a long series comes on several pages. */
function add(found: Map<string, Map<number, number>>, { Label = '', Timestamps = [], Values = [] }: MetricDataResult): void {
  const points = found.get(Label) ?? new Map<number, number>();
  Timestamps.forEach((time, index) => points.set(time.getTime(), Values[index] ?? 0));
  found.set(Label, points);
}

function rowOf(fields: readonly ResultField[]): QueryRow {
  return Object.fromEntries(fields.map(({ field = '', value = '' }) => [field, value]));
}

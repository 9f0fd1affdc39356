import { DescribeSubscriptionFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { AgentMetrics } from '../../engine/telemetry/agent-names';
import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';
import type { Clients } from '../emulator/clients';
import { DeployedFunction } from '../emulator/deployed-function';
import { SPAN_LOG_GROUP } from '../emulator/environment';
import { putMetricsOf } from '../emulator/embedded-metrics';
import { Failure } from '../failure';
import type { MetricReader } from '../report/metric-reader';
import { type LogRecord, sendRecords } from '../traffic/records';

/** What the deployed function made of the spans, as metrics: sums of doubles. */
export interface AgentMetering {
  readonly calls: number;
  readonly toolCalls: number;
  /** By what the spans say, at once. */
  readonly estimateUsd: number;
}

/** So often the function is asked for lines that are still on their way. */
const PATIENCE = 20;

/** The function of the deployed `AgentMeter` that meters spans. */
export class DeployedAgentMeter {
  private constructor(
    private readonly clients: Clients,
    private readonly printed: DeployedFunction,
  ) {}

  /** Follows the log group of spans to the function that meters them. */
  static async find(clients: Clients): Promise<DeployedAgentMeter> {
    const { subscriptionFilters = [] } = await clients.logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName: SPAN_LOG_GROUP }));
    const meterArn = subscriptionFilters[0]?.destinationArn;
    if (meterArn === undefined) {
      throw new Failure(`the deployed stack has no function that reads the log group '${SPAN_LOG_GROUP}'`);
    }
    const { LoggingConfig } = await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: meterArn }));
    const lines = LoggingConfig?.LogGroup ?? '';
    return new DeployedAgentMeter(clients, new DeployedFunction(clients, meterArn, lines));
  }

  /** Puts spans into their log group, and makes metrics of what the function prints, until these have the calls. */
  async add(spans: readonly LogRecord[], calls: number, metrics: MetricReader): Promise<void> {
    await sendRecords(this.clients, SPAN_LOG_GROUP, spans, 'default');
    await putMetricsOf(this.clients, await this.printed.linesOfNextInvocation());
    for (let asked = 0; asked < PATIENCE; asked += 1) {
      const lines = await this.printed.linesLeft();
      await putMetricsOf(this.clients, lines);
      if (lines.length === 0 && (await readMetering(metrics)).calls >= calls) return;
    }
  }
}

/** What the metrics say. */
export async function readMetering(metrics: MetricReader): Promise<AgentMetering> {
  const total = (name: string) => metrics.total(DEFAULT_NAMESPACE, name);
  return {
    calls: await total(AgentMetrics.CALLS),
    toolCalls: await total(AgentMetrics.TOOL_CALLS),
    estimateUsd: await total(AgentMetrics.COST_ESTIMATE),
  };
}

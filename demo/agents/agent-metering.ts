import { DescribeSubscriptionFiltersCommand, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, paginateListFunctions } from '@aws-sdk/client-lambda';
import { AGENT_LINE_START } from '../../engine/ledger/agent-members';
import { AgentMetrics } from '../../engine/telemetry/agent-names';
import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';
import type { Clients } from '../emulator/clients';
import { DeployedFunction } from '../emulator/deployed-function';
import { putMetricsOf } from '../emulator/embedded-metrics';
import { SPAN_LOG_GROUP, USAGE_LOG_GROUP } from '../emulator/environment';
import { Failure } from '../failure';
import type { MetricReader } from '../report/metric-reader';
import { type LogRecord, sendRecords } from '../traffic/records';
import type { AgentRun, Shares } from './agent-run';
import { sharesOf } from './cost-shares';
import type { RuntimeCost } from './runtime-use';

/** What the deployed functions made of the spans. Metrics are sums of doubles. */
export interface AgentMetering {
  readonly calls: number;
  readonly toolCalls: number;
  /** By what the spans say, at once. */
  readonly estimateUsd: number;
  /** By the ledger, after the join. */
  readonly exactUsd: number;
  /** What AgentCore bills by its usage logs. */
  readonly runtime: RuntimeCost;
  /** The same for each agent, session and tool, by the saved queries. */
  readonly shares: Shares;
}

/** So often a function is asked for lines that are still on their way. */
const PATIENCE = 20;

/** The functions of the deployed `AgentMeter`. */
export class DeployedAgentMeter {
  private constructor(
    private readonly clients: Clients,
    private readonly lines: string,
    private readonly meter: DeployedFunction,
    private readonly joinArn: string,
  ) {}

  /** Follows the log group of spans to the function that meters them, and its log group to the one that joins its lines with the ledger. */
  static async find(clients: Clients): Promise<DeployedAgentMeter> {
    const { subscriptionFilters = [] } = await clients.logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName: SPAN_LOG_GROUP }));
    const meterArn = subscriptionFilters[0]?.destinationArn;
    if (meterArn === undefined) {
      throw new Failure(`the deployed stack has no function that reads the log group '${SPAN_LOG_GROUP}'`);
    }
    const { LoggingConfig } = await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: meterArn }));
    const lines = LoggingConfig?.LogGroup ?? '';
    const joinArn = await findJoin(clients, meterArn, lines);
    return new DeployedAgentMeter(clients, lines, new DeployedFunction(clients, meterArn, lines), joinArn);
  }

  /** Puts spans and usage logs into their log groups, and makes metrics of what the function prints, until these have all of it. */
  async add({ spans, usage, expected }: AgentRun, metrics: MetricReader): Promise<void> {
    const total = (metric: string) => metrics.total(DEFAULT_NAMESPACE, metric);
    await this.put(SPAN_LOG_GROUP, spans, async () => (await total(AgentMetrics.CALLS)) >= expected.modelCalls);
    await this.put(USAGE_LOG_GROUP, usage, async () => (await total(AgentMetrics.USAGE_READ)) >= usage.length);
  }

  private async put(logGroup: string, events: readonly LogRecord[], isMetered: () => Promise<boolean>): Promise<void> {
    await sendRecords(this.clients, logGroup, events, 'default');
    await putMetricsOf(this.clients, await this.meter.linesOfNextInvocation());
    for (let asked = 0; asked < PATIENCE; asked += 1) {
      const lines = await this.meter.linesLeft();
      await putMetricsOf(this.clients, lines);
      if (lines.length === 0 && (await isMetered())) return;
    }
  }

  /**
   * Joins the calls with the ledger, as its schedule does every five minutes. Where the last line has not arrived yet it is joined once
   * more, and lines that were printed twice count once.
   */
  async join(): Promise<void> {
    const printed = new Set<string>();
    for (let asked = 0; asked < PATIENCE && ![...printed].some(isEnd); asked += 1) {
      for (const line of await this.meter.linesOf(this.joinArn, {})) printed.add(line);
    }
    await putMetricsOf(this.clients, [...printed]);
  }

  /** What metrics and lines say. */
  async read(metrics: MetricReader): Promise<AgentMetering> {
    const total = (name: string) => metrics.total(DEFAULT_NAMESPACE, name);
    const runtime = await total(AgentMetrics.RUNTIME_COST);
    return {
      calls: await total(AgentMetrics.CALLS),
      toolCalls: await total(AgentMetrics.TOOL_CALLS),
      estimateUsd: await total(AgentMetrics.COST_ESTIMATE),
      exactUsd: await total(AgentMetrics.COST),
      runtime: { low: runtime, high: runtime + (await total(AgentMetrics.RUNTIME_COST_UNCERTAINTY)) },
      shares: sharesOf(await this.agentLines()),
    };
  }

  private async agentLines(): Promise<Array<{ readonly message: string; readonly timestamp: number }>> {
    const found: Array<{ message: string; timestamp: number }> = [];
    for await (const { events = [] } of paginateFilterLogEvents({ client: this.clients.logs }, { logGroupName: this.lines })) {
      found.push(...events.map(({ message = '', timestamp = 0 }) => ({ message, timestamp })));
    }
    return found.filter(({ message }) => message.startsWith(AGENT_LINE_START));
  }
}

const isEnd = (line: string): boolean => line.includes(`"${AgentMetrics.JOIN_RUNS}":1`);

async function findJoin(clients: Clients, meterArn: string, lines: string): Promise<string> {
  for await (const { Functions = [] } of paginateListFunctions({ client: clients.lambda }, {})) {
    const join = Functions.find(({ FunctionArn, LoggingConfig }) => LoggingConfig?.LogGroup === lines && FunctionArn !== meterArn);
    if (join?.FunctionArn !== undefined) return join.FunctionArn;
  }
  throw new Failure('the deployed stack has no function that joins the calls of agents with the ledger');
}

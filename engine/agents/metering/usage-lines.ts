import { AgentLineKind } from '../../ledger/agent-members';
import type { Json } from '../../records/json';
import { AgentMetrics } from '../../telemetry/agent-names';
import { Attributes } from '../../telemetry/names';
import { readId } from '../readers';
import { RuntimeTotal } from '../runtime-total';
import type { RuntimeUsage } from '../runtime-usage';
import { type AgentReading, counted, dollars } from './agent-readings';
import { agentLine, type CostRange, rangeIn, timeText } from './line-text';

const MINUTE = 60_000;

interface UsageOfMinute {
  readonly time: number;
  readonly usage: RuntimeUsage;
  readonly total: RuntimeTotal;
}

/**
 * What a batch of usage logs holds, added up by minute, session, agent and resource: there is an event for each second of a session,
 * and a line for each would cost more than the session.
 */
export class UsageLines {
  private readonly groups = new Map<string, UsageOfMinute>();

  /** @param region taken where an event does not name its own */
  constructor(
    private readonly region: string,
    private readonly now: number,
  ) {}

  public add(usage: RuntimeUsage): void {
    const { resource, session, agent, region, time = this.now } = usage;
    const minute = Math.floor(time / MINUTE) * MINUTE;
    const key = [minute, resource, session, agent, region].join('\n');
    let group = this.groups.get(key);
    if (!group) this.groups.set(key, (group = { time: minute, usage, total: new RuntimeTotal(this.region) }));
    group.total.add(usage);
  }

  public get lines(): string[] {
    return [...this.groups.values()].map(({ time, usage: { session, agent, resource, region = this.region }, total }) => {
      const { vcpuHours, gbHours, seconds, flags, cost } = total;
      return agentLine(
        AgentLineKind.USAGE,
        {
          ...{ time: timeText(time), session, agent, resource, region, vcpuHours, gbHours },
          ...{ seconds: Math.round(seconds * 1000) / 1000, ...(flags.length > 0 && { flags }) },
        },
        { runtime: cost },
      );
    });
  }

  /** What each minute adds to the metrics. Without a price there is no cost, and not one of 0. */
  public get readings(): ReadonlyArray<readonly [time: number, readings: AgentReading[]]> {
    return [...this.groups.values()].map(({ time, usage: { agent }, total }) => {
      const { cost, vcpuHours, gbHours, events, unpriced } = total;
      const by = [undefined, [Attributes.AGENT, agent] as const];
      const amount = (metric: string, value: number | undefined): AgentReading[] => (value === undefined ? [] : [{ metric, value, by }]);
      return [
        time,
        [
          counted(AgentMetrics.USAGE_READ, events, [undefined]),
          ...(unpriced > 0 ? [counted(AgentMetrics.USAGE_UNPRICED, unpriced, [undefined])] : []),
          ...amount(AgentMetrics.RUNTIME_VCPU_HOURS, vcpuHours),
          ...amount(AgentMetrics.RUNTIME_GB_HOURS, gbHours),
          ...(cost ? [dollars(AgentMetrics.RUNTIME_COST, cost.low, 1, by)] : []),
          ...(cost ? [dollars(AgentMetrics.RUNTIME_COST_UNCERTAINTY, cost.high - cost.low, 1, by)] : []),
        ],
      ];
    });
  }
}

/** What a session used, by a line. */
export interface SessionUsage {
  readonly session: string;
  readonly cost: CostRange;
}

/** Undefined for usage of no session, or without a price. */
export function usageOfLine(line: Json, text: string): SessionUsage | undefined {
  const [session, cost] = [readId(line.session), rangeIn(text, 'runtime')];
  return session === undefined || cost === undefined ? undefined : { session, cost };
}

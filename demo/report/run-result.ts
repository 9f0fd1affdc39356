import type { Status } from '../../engine/rating/rater';
import type { AgentMetering } from '../agents/agent-metering';
import type { AgentTrace } from '../agents/trace-agent';
import type { NotEmulated } from '../emulator/rewrite';
import type { Scene } from '../traffic/scenes';
import type { Expected } from '../traffic/traffic';
import type { AlarmReport } from './alarms';
import type { DashboardReport } from './dashboards';
import type { Group } from './ledger';

/** Everything that one run read back from the deployed stack. */
export interface RunResult {
  /** The path of the page with the dashboards; absent without calls. */
  readonly preview?: string;
  /** Records sent, and how many of them the meter counted in each status. */
  readonly sent: number;
  readonly byStatus: Readonly<Record<Status, number>>;
  /** What the generator expects; absent for records of the user's own. */
  readonly expected?: Expected;
  /** The sum of the cost metric, which CloudWatch holds as a double. */
  readonly metricUsd: number;
  /** Calls that are too old for CloudWatch metrics: their cost is in the ledger only. */
  readonly outsideMetrics: number;
  readonly byModel: readonly Group[];
  readonly byCaller: readonly Group[];
  /** By account and Region. */
  readonly byMember: readonly Group[];
  /** The recorded run of an agent; absent for records of the user's own. */
  readonly agent?: AgentTrace & { readonly metering: AgentMetering };
  /** The alarms at several moments, the first while calls fail. */
  readonly scenes: readonly Scene[];
  readonly dashboards: readonly DashboardReport[];
  readonly loggingConfiguration: unknown;
  readonly notEmulated: readonly NotEmulated[];
}

/** The cost of all calls by the ledger, in pico-dollars. */
export function totalCost({ byModel }: RunResult): bigint {
  return byModel.reduce((sum, { cost }) => sum + cost, 0n);
}

/** The alarms while calls fail. */
export function alarmsDuringOutage({ scenes }: RunResult): readonly AlarmReport[] {
  return scenes[0]?.alarms ?? [];
}

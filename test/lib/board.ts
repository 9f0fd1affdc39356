import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AlarmSignals, Audience, AudienceDashboard, CostMetrics, DashboardSources, DefaultAlarmRules, TieredAlarms } from '../../lib';
import { parseDashboardBody } from '../dashboard-body';

export interface BoardWidget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly view?: string;
    readonly start?: string;
    readonly query?: string;
    readonly stacked?: boolean;
    readonly liveData?: boolean;
    readonly setPeriodToTimeRange?: boolean;
    readonly singleValueFullPrecision?: boolean;
    readonly metrics?: unknown[][];
    readonly alarms?: unknown[];
    readonly annotations?: { readonly horizontal?: ReadonlyArray<{ readonly value: number; readonly label: string }> };
  };
}

export interface Board {
  readonly start: string;
  readonly widgets: readonly BoardWidget[];
}

/** The dashboard of an audience with everything that it can show, unless `sources` has it otherwise. */
export function boardOf(
  audience: Audience,
  sources: Partial<DashboardSources> = {},
  options: { readonly monthlyBudgetUsd?: number } = {},
): Board {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1', account: '111122223333' } });
  const group = (name: string) => logs.LogGroup.fromLogGroupName(stack, name, name);
  const costMetrics = CostMetrics.inNamespace();
  const signals = new AlarmSignals(stack, 'Signals', { costMetrics, ledgerLogGroup: group('signal-ledger') });
  const all: DashboardSources = {
    costMetrics,
    ledgerLogGroup: group('ledger'),
    invocationLogGroup: group('invocations'),
    spanLogGroups: [group('spans')],
    agentLogGroup: group('agents'),
    trailLogGroup: group('trail'),
    ownerMetadataKey: 'team',
    signalsPublished: true,
    promptsHashed: true,
    ...sources,
  };
  const tieredAlarms = [new TieredAlarms(stack, 'Alarms', { rules: DefaultAlarmRules.forMetrics(costMetrics, { signals }) })];
  new AudienceDashboard(stack, 'Board', { audience, sources: all, tieredAlarms, monthlyBudgetUsd: 900, ...options });
  const [dashboard] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  return parseDashboardBody((dashboard!.Properties as { DashboardBody: unknown }).DashboardBody) as Board;
}

/** What a row of metrics says beside the name of the metric. */
export interface RowOptions {
  readonly label?: string;
  readonly color?: string;
  readonly expression?: string;
  readonly period?: number;
  readonly visible?: boolean;
}

/** The rows of a widget that are drawn. */
export function drawnRows({ properties: { metrics = [] } }: BoardWidget): RowOptions[] {
  return metrics
    .map((row) => row.at(-1))
    .flatMap((last) => (typeof last === 'object' ? [last as RowOptions] : []))
    .filter(({ visible }) => visible !== false);
}

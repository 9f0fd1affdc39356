import { paginateDescribeStacks, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import type { Clients } from '../emulator/clients';
import type { MetricReader } from './metric-reader';

export interface DashboardReport {
  readonly name: string;
  readonly widgets: number;
  /** Widgets with at least one metric that has data. */
  readonly withData: number;
  /** Widgets without data: their metrics exist only while something is wrong, or after some days. */
  readonly withoutData: number;
  /** Titles of widgets with metric searches or Logs Insights queries, which the emulator does not have. */
  readonly notEmulated: readonly string[];
}

interface Widget {
  readonly type: string;
  readonly properties?: { readonly title?: string; readonly metrics?: readonly (readonly unknown[])[] };
}

/** Reads the deployed dashboards back and counts the widgets that show data. */
export async function readDashboards(clients: Clients, metrics: MetricReader): Promise<DashboardReport[]> {
  const reports: DashboardReport[] = [];
  for (const DashboardName of await dashboardNames(clients)) {
    const { DashboardBody = '{}' } = await clients.cloudWatch.send(new GetDashboardCommand({ DashboardName }));
    const { widgets = [] } = JSON.parse(DashboardBody) as { widgets?: Widget[] };
    const kinds = await Promise.all(widgets.map((widget) => kindOf(widget, metrics)));
    reports.push({
      name: DashboardName,
      widgets: widgets.length,
      withData: kinds.filter((kind) => kind === 'data').length,
      withoutData: kinds.filter((kind) => kind === 'empty').length,
      notEmulated: widgets.filter((_, index) => kinds[index] === 'notEmulated').map(({ properties }) => properties?.title ?? 'untitled'),
    });
  }
  return reports;
}

/** By CloudFormation: the emulator's ListDashboards returns times that the SDK cannot read. */
async function dashboardNames({ cloudFormation: client }: Clients): Promise<string[]> {
  const names: string[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
    for (const { StackName } of Stacks) {
      for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
        const dashboards = StackResourceSummaries.filter(({ ResourceType }) => ResourceType === 'AWS::CloudWatch::Dashboard');
        names.push(...dashboards.map(({ PhysicalResourceId = '' }) => PhysicalResourceId));
      }
    }
  }
  return names;
}

async function kindOf({ type, properties }: Widget, metrics: MetricReader): Promise<'data' | 'empty' | 'notEmulated' | 'text'> {
  if (type !== 'metric') {
    return type === 'log' ? 'notEmulated' : 'text';
  }
  const rows = properties?.metrics ?? [];
  const plain = rows.filter((row): row is [string, string, ...unknown[]] => typeof row[0] === 'string' && typeof row[1] === 'string');
  if (plain.length === 0) {
    return 'notEmulated';
  }
  for (const [namespace, metricName] of plain) {
    if (await metrics.exists(namespace, metricName)) {
      return 'data';
    }
  }
  return 'empty';
}

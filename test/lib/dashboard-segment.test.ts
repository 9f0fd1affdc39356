import { App, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Audience } from '../../lib/audience';
import { CostMetrics } from '../../lib/cost-metrics';
import { DashboardSegment } from '../../lib/dashboard-segment';
import { DashboardWidget, DashboardWidgetProps } from '../../lib/dashboard-widget';
import { WidgetShape } from '../../lib/widget-shape';

const stack = new Stack(new App(), 'Test');
const sources = { costMetrics: CostMetrics.inNamespace() };
const metrics = [CostMetrics.inNamespace().metricCalls()];
const logGroup = logs.LogGroup.fromLogGroupName(stack, 'Group', 'group');

function newWidget(props: Partial<DashboardWidgetProps> = {}): DashboardWidget {
  return new DashboardWidget({
    id: 'Own',
    audiences: [Audience.DEVOPS],
    question: 'what of ours',
    title: 'Own',
    shape: WidgetShape.LINES,
    metrics,
    ...props,
  });
}

test('is three lists of widgets, as a monitoring facade takes them', () => {
  const segment = new DashboardSegment({ audience: Audience.EXECUTIVE, sources });
  const dashboard = new cloudwatch.Dashboard(stack, 'Own');
  for (const widgets of [segment.summaryWidgets(), segment.widgets(), segment.alarmWidgets()]) {
    dashboard.addWidgets(...widgets);
  }
  expect(segment.summaryWidgets()).toHaveLength(6);
  expect(segment.widgets().length).toBeGreaterThan(4);
  expect(segment.alarmWidgets()).toEqual([]);
});

test('holds a widget of the user where its audience is', () => {
  const ids = (audience: Audience) =>
    new DashboardSegment({ audience, sources, widgets: [newWidget()] }).dashboardWidgets.map(({ id }) => id);
  expect(ids(Audience.DEVOPS)).toContain('Own');
  expect(ids(Audience.FINOPS)).not.toContain('Own');
});

test('lets a widget of the user stand in for one that is left out', () => {
  const widgets = [newWidget({ id: 'Latency' })];
  const { dashboardWidgets } = new DashboardSegment({ audience: Audience.DEVOPS, sources, widgets, exclude: ['Latency'] });
  expect(dashboardWidgets.filter(({ id }) => id === 'Latency')).toEqual(widgets);
});

test('asks a question with every row, once', () => {
  for (const audience of Object.values(Audience).filter((each) => each !== Audience.AGENTS)) {
    const { dashboardWidgets } = new DashboardSegment({ audience, sources });
    expect(dashboardWidgets.every(({ question }) => question.length > 0)).toBe(true);
    expect(new Set(dashboardWidgets.map(({ id }) => id)).size).toBe(dashboardWidgets.length);
  }
});

test('fails on two widgets of one id', () => {
  expect(() => new DashboardSegment({ audience: Audience.DEVOPS, sources, widgets: [newWidget({ id: 'Latency' })] })).toThrow(
    "'widgets' has a widget 'Latency', but the DevOps dashboard has it already: choose another id, or name it in 'exclude'",
  );
});

test('fails on a SEARCH that CloudWatch does not take', () => {
  const long = new cloudwatch.MathExpression({ expression: `SEARCH('${'x'.repeat(1024)}', 'Sum', 60)`, usingMetrics: {} });
  expect(() => new DashboardSegment({ audience: Audience.DEVOPS, sources, widgets: [newWidget({ metrics: [long] })] })).toThrow(
    "'metrics' of widget 'Own' must have a SEARCH of at most 1024 characters, got 1045",
  );
});

test('fails on a query that CloudWatch does not take', () => {
  const widget = newWidget({ shape: WidgetShape.TABLE, metrics: undefined, queryLines: ['x'.repeat(10_001)], logGroup });
  expect(() => new DashboardSegment({ audience: Audience.DEVOPS, sources, widgets: [widget] })).toThrow(
    "'queryLines' of widget 'Own' must have at most 10000 characters, got 10001",
  );
});

test('fails on more widgets than a dashboard has', () => {
  const widgets = Array.from({ length: 500 }, (_, index) => newWidget({ id: `Own${index}` }));
  expect(() => new DashboardSegment({ audience: Audience.DEVOPS, sources, widgets })).toThrow(
    "'widgets' must make at most 500 widgets of the dashboard, got",
  );
});

test.each<[string, Partial<DashboardWidgetProps>, string]>([
  ['an id that is no word', { id: 'my widget' }, "'id' must be letters and digits, starting with a letter, got 'my widget'"],
  [
    'an unknown audience',
    { audiences: ['All' as Audience] },
    "'audiences' of widget 'Own' must be among Executive, FinOps, DevOps, Developer, Security, Agents, got 'All'",
  ],
  [
    'a table without a query',
    { shape: WidgetShape.TABLE },
    "'shape' 'table' of widget 'Own' needs 'queryLines' and 'logGroup' and no 'metrics'",
  ],
  ['a graph without metrics', { metrics: [] }, "'shape' 'lines' of widget 'Own' needs 'metrics' and no 'queryLines'"],
  ['a graph with a query', { queryLines: ['limit 1'], logGroup }, "'shape' 'lines' of widget 'Own' needs 'metrics' and no 'queryLines'"],
])('fails on %s', (_, props, message) => {
  expect(() => newWidget(props)).toThrow(message);
});

import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CostMetrics, OverviewDashboard, OverviewDashboardProps, TieredAlarms, DefaultAlarmRules } from '../../lib';
import { parseDashboardBody } from '../dashboard-body';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title?: string; readonly region?: string; readonly metrics?: unknown[][] };
}

const costMetrics = CostMetrics.inNamespace();

function newDashboard(props: Partial<OverviewDashboardProps> = {}, stack = newStack()): Template {
  new OverviewDashboard(stack, 'Overview', { costMetrics, ...props });
  return Template.fromStack(stack);
}

function newStack(): Stack {
  return new Stack(new App(), 'Test', { env: { region: 'eu-west-1', account: '111122223333' } });
}

/** Nothing else reads dashboard bodies: neither CloudFormation nor any linter. */
function widgets(template: Template): Widget[] {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  return (parseDashboardBody((dashboard!.Properties as { DashboardBody: unknown }).DashboardBody) as { widgets: Widget[] }).widgets;
}

test('is named after its place and its Region, since dashboards are global', () => {
  newDashboard().hasResourceProperties('AWS::CloudWatch::Dashboard', {
    DashboardName: Match.stringLikeRegexp('^Test-?Overview.*-eu-west-1$'),
  });
});

test('keeps a name that was given', () => {
  newDashboard({ dashboardName: 'Bedrock' }).hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'Bedrock' });
});

test('answers what today cost, which model costs what and whether the number is complete', () => {
  const titles = widgets(newDashboard()).map((widget) => widget.properties.title);
  expect(titles).toEqual(
    expect.arrayContaining([
      'Cost today (USD, UTC)',
      'Cost by model (USD)',
      'Tokens by type',
      'Latency (ms)',
      'Errors and throttles',
      'Unpriced calls today (their cost is unknown)',
    ]),
  );
});

test('fits the 24 columns without overlap, in the Region of the stack', () => {
  const taken = new Set<string>();
  for (const { type, x, y, width, height, properties } of widgets(newDashboard())) {
    expect(x + width).toBeLessThanOrEqual(24);
    for (let column = x; column < x + width; column++) {
      for (let row = y; row < y + height; row++) {
        expect(taken.has(`${column},${row}`)).toBe(false);
        taken.add(`${column},${row}`);
      }
    }
    if (type === 'metric') {
      expect(properties.region).toBe('eu-west-1');
    }
  }
});

test('shows the state of the alarms it is given', () => {
  const stack = newStack();
  const { alarms } = new TieredAlarms(stack, 'Alarms', { rules: DefaultAlarmRules.over(costMetrics) });
  expect(widgets(newDashboard({ alarms }, stack)).at(-1)!.type).toBe('alarm');
  expect(widgets(newDashboard()).map((widget) => widget.type)).not.toContain('alarm');
});

test('fails on a name that CloudWatch would refuse', () => {
  expect(() => newDashboard({ dashboardName: 'Bedrock costs' })).toThrow(
    "'dashboardName' must be 1 to 255 letters, digits, - or _, got 'Bedrock costs'",
  );
});

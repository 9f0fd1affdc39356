import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Audience } from '../../lib/audience';
import { AudienceDashboard, AudienceDashboardProps } from '../../lib/audience-dashboard';
import { CostMetrics } from '../../lib/cost-metrics';
import { DashboardSources } from '../../lib/dashboard-sources';
import { parseDashboardBody } from '../dashboard-body';
import type { Board, BoardWidget } from './board';

interface Body extends Board {
  readonly periodOverride: string;
  readonly variables?: ReadonlyArray<Record<string, unknown>>;
}

type Overrides = Partial<Omit<AudienceDashboardProps, 'sources'>> & { readonly sources?: Partial<DashboardSources> };

function newStack(): Stack {
  return new Stack(new App(), 'Test', { env: { region: 'eu-west-1', account: '111122223333' } });
}

function everything(stack: Stack): DashboardSources {
  const group = (name: string) => logs.LogGroup.fromLogGroupName(stack, name, name);
  return {
    costMetrics: CostMetrics.inNamespace(),
    ledgerLogGroup: group('ledger'),
    invocationLogGroup: group('invocations'),
    spanLogGroups: [group('spans')],
    trailLogGroup: group('trail'),
    ownerMetadataKey: 'team',
    signalsPublished: true,
    promptsHashed: true,
  };
}

function templateOf(audience: Audience, { sources, ...overrides }: Overrides = {}, stack = newStack()): Template {
  new AudienceDashboard(stack, 'Dashboard', { audience, sources: { ...everything(stack), ...sources }, ...overrides });
  return Template.fromStack(stack);
}

function bodyOf(audience: Audience, overrides: Overrides = {}, stack = newStack()): Body {
  const [dashboard] = Object.values(templateOf(audience, overrides, stack).findResources('AWS::CloudWatch::Dashboard'));
  return parseDashboardBody((dashboard!.Properties as { DashboardBody: unknown }).DashboardBody) as Body;
}

function find(body: Body, title: string): BoardWidget {
  const widget = body.widgets.find(({ properties }) => properties.title === title);
  if (!widget) {
    throw new Error(`no widget '${title}' among ${body.widgets.map(({ properties }) => properties.title).join(', ')}`);
  }
  return widget;
}

/** The expressions of a widget, or of all of them. */
function expressions(widgets: readonly BoardWidget[]): string[] {
  const last = widgets.flatMap(({ properties }) => properties.metrics ?? []).map((metric) => metric.at(-1) as { expression?: string });
  return last.flatMap(({ expression }) => expression ?? []);
}

const audiences = Object.values(Audience);

describe.each(audiences)('the %s dashboard', (audience) => {
  test('fits the 24 columns without overlap', () => {
    const taken = new Set<string>();
    for (const { x, y, width, height } of bodyOf(audience, { monthlyBudgetUsd: 3000 }).widgets) {
      expect(x + width).toBeLessThanOrEqual(24);
      for (let column = x; column < x + width; column++) {
        for (let row = y; row < y + height; row++) {
          expect(taken.has(`${column},${row}`)).toBe(false);
          taken.add(`${column},${row}`);
        }
      }
    }
  });

  test('starts with a header that names the Region and stays within four paid queries', () => {
    const { widgets } = bodyOf(audience);
    expect(widgets[0]!.type).toBe('text');
    expect(widgets[0]!.properties.markdown).toContain(`## ${audience} · eu-west-1`);
    expect(widgets.filter(({ type }) => type === 'log').length).toBeLessThanOrEqual(4);
  });

  test('has a title on every widget and reads no prompts', () => {
    const { widgets } = bodyOf(audience);
    for (const { type, properties } of widgets) {
      expect(type === 'text' || properties.title).toBeTruthy();
      expect(properties.query ?? '').not.toContain("SOURCE 'invocations'");
    }
  });

  test('searches by exact schemas only', () => {
    for (const expression of expressions(bodyOf(audience).widgets).filter((text) => text.includes('SEARCH('))) {
      expect(expression).toMatch(
        /SEARCH\('\{(AWS\/Bedrock,ModelId|AWS\/Bedrock\/Guardrails,GuardrailArn,GuardrailVersion|BedrockObservability,"gen_ai\.request\.model"|AWS\/Logs,LogGroupName(,\w+)*)\} MetricName="[\w.]+"( ("[\w.-]+"|[\w.-]+( NOT [\w.-]+)*))?', '(Sum|p95)', \d+\)/,
      );
    }
  });

  test('keeps each period at any time range', () => {
    expect(bodyOf(audience).periodOverride).toBe('inherit');
  });

  test('is named after its place and its Region, since dashboards are global', () => {
    templateOf(audience).hasResourceProperties('AWS::CloudWatch::Dashboard', {
      DashboardName: Match.stringLikeRegexp('^Test.*-eu-west-1$'),
    });
  });
});

test('draws the budget where money is spent', () => {
  const body = bodyOf(Audience.EXECUTIVE, { monthlyBudgetUsd: 3000 });
  expect(find(body, 'Within budget? Forecast of the month (% of the budget)').properties.annotations?.horizontal).toContainEqual(
    expect.objectContaining({ value: 100, label: 'over' }),
  );
  expect(find(body, 'This month, its forecast and its budget (USD)').properties.annotations?.horizontal).toEqual([
    expect.objectContaining({ value: 3000, label: 'Budget' }),
  ]);
  expect(find(bodyOf(Audience.EXECUTIVE), 'This month and its forecast (USD)').properties.annotations).toBeUndefined();
});

test('looks at whole months however short the range of the dashboard is', () => {
  const body = bodyOf(Audience.FINOPS);
  expect(body.start).toBe('-P7D');
  expect(find(body, 'Spent this month (USD)').properties.start).toBe('-PT768H');
});

test('says what metadata-only logging cannot give, instead of showing zero', () => {
  const { widgets } = bodyOf(Audience.DEVOPS, { sources: { textLogged: false } });
  const texts = widgets.filter(({ type }) => type === 'text').map(({ properties }) => properties.markdown);
  expect(texts).toHaveLength(1);
  expect(texts[0]).toContain(
    'Not known, because no text is logged: complete answers, complete and cut-off answers, why answers end, latency by the Region that served the call.',
  );
  expect(expressions(widgets).join()).not.toContain('completed');
});

test('leaves out the tables without a ledger', () => {
  expect(bodyOf(Audience.FINOPS, { sources: { ledgerLogGroup: undefined } }).widgets.map(({ type }) => type)).not.toContain('log');
});

test('takes widgets of the user, and leaves out what is named', () => {
  const stack = newStack();
  const body = bodyOf(Audience.DEVOPS, { exclude: ['LegacyModels', 'ChosenModelLatency'] }, stack);
  const titles = body.widgets.map(({ properties }) => properties.title);
  expect(titles).not.toContain('Calls to legacy models');
  expect(body.variables).toBeUndefined();
});

test('lets a viewer choose a model, and a Region where there are several', () => {
  expect(bodyOf(Audience.DEVOPS).variables).toEqual([
    expect.objectContaining({
      id: 'model',
      type: 'pattern',
      pattern: 'CHOSEN_MODEL',
      search: '{AWS/Bedrock,ModelId} MetricName="Invocations"',
      populateFrom: 'ModelId',
      defaultValue: '__FIRST',
    }),
  ]);
  expect(bodyOf(Audience.SECURITY, { regions: ['eu-west-1', 'us-east-1'] }).variables).toEqual([
    expect.objectContaining({ id: 'region', property: 'region', values: [{ value: 'eu-west-1' }, { value: 'us-east-1' }] }),
  ]);
});

test('adds up Regions and accounts; percentiles show the worst, searches stay apart', () => {
  const rollUp = [{ region: 'eu-west-1' }, { region: 'us-east-1', accountId: '444455556666' }];
  const body = bodyOf(Audience.DEVOPS, { sources: { rollUp } });
  const errors = find(body, 'Errors and throttles, in 5 minutes (calls)').properties.metrics!;
  expect(errors[0]).toEqual([expect.objectContaining({ expression: 'SUM([errors0x0, errors0x1])', label: 'Server errors (5xx)' })]);
  expect(errors).toContainEqual([
    'AWS/Bedrock',
    'InvocationServerErrors',
    expect.objectContaining({ id: 'errors0x1', region: 'us-east-1', accountId: '444455556666', visible: false }),
  ]);
  expect(expressions([find(body, 'Latency, in 5 minutes (ms)')])[0]).toBe('MAX([latency0x0, latency0x1])');
  expect(find(body, 'Calls to legacy models, by id').properties.metrics).toEqual([
    [expect.objectContaining({ label: 'eu-west-1' })],
    [expect.objectContaining({ region: 'us-east-1', accountId: '444455556666', label: 'us-east-1 444455556666' })],
  ]);
  const ofModels = find(body, 'Latency by model, p95, in 5 minutes (ms)').properties.metrics!.map(([row]) => row as { id?: string });
  expect(ofModels).toContainEqual(
    expect.objectContaining({ label: 'Claude Sonnet 4.6', expression: expect.stringMatching(/^MAX\(\[\w+, \w+\]\)$/) }),
  );
  expect(ofModels.filter(({ id }) => id?.startsWith('latencyByModel'))).toContainEqual(
    expect.objectContaining({ region: 'us-east-1', accountId: '444455556666', visible: false }),
  );
});

test('shows who owns it, where to go next, and the state of the alarms', () => {
  const stack = newStack();
  const alarm = CostMetrics.inNamespace().metricCost().createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
  const { widgets } = bodyOf(
    Audience.EXECUTIVE,
    { owner: 'FinOps team', links: { Runbooks: 'https://runbooks.example' }, alarms: [alarm] },
    stack,
  );
  expect(widgets[0]!.properties.markdown).toContain('Owner: FinOps team.');
  expect(widgets[0]!.properties.markdown).toContain('[Saved queries](#logsV2:logs-insights) · [Runbooks](https://runbooks.example)');
  expect(widgets.filter(({ type }) => type === 'alarm')).toHaveLength(1);
});

test('stays far below the size limit with three Regions rolled up', () => {
  const rollUp = ['eu-west-1', 'us-east-1', 'us-west-2'].map((region) => ({ region }));
  for (const audience of audiences) {
    expect(JSON.stringify(bodyOf(audience, { sources: { rollUp } })).length).toBeLessThan(100_000);
  }
});

test('has each reference once in its template, with the widgets of the user', () => {
  const stack = newStack();
  const { dashboard } = new AudienceDashboard(stack, 'Dashboard', { audience: Audience.DEVOPS, sources: everything(stack) });
  const topic = new sns.Topic(stack, 'Topic');
  dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: `${topic.topicName} ${topic.topicName}` }));
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Dashboard', {
    DashboardBody: {
      'Fn::Sub': [
        Match.stringLikeRegexp('"markdown":"\\$\\{Value0\\} \\$\\{Value0\\}"'),
        { Value0: { 'Fn::GetAtt': [Match.stringLikeRegexp('Topic'), 'TopicName'] } },
      ],
    },
  });
});

test('synthesizes without an environment', () => {
  const stack = new Stack(new App(), 'Bare');
  expect(bodyOf(Audience.FINOPS, { regions: ['eu-west-1'] }, stack).widgets.length).toBeGreaterThan(10);
});

test.each<[string, Overrides, string]>([
  ['a name that CloudWatch refuses', { dashboardName: 'a b' }, "'dashboardName' must be 1 to 255 letters, digits, - or _, got 'a b'"],
  [
    'an unknown audience',
    { audience: 'Everybody' as Audience },
    "'audience' must be one of Executive, FinOps, DevOps, Developer, Security, Agents, got 'Everybody'",
  ],
  ['a budget of nothing', { monthlyBudgetUsd: 0 }, "'monthlyBudgetUsd' must be above 0, got 0"],
  ['an unknown widget', { exclude: ['Latencies'] }, "'exclude' must name widgets of the FinOps dashboard (MonthToDate, Forecast"],
  [
    'a choice of Regions without its own',
    { regions: ['us-east-1'] },
    "'regions' must include the Region of the stack, 'eu-west-1', got 'us-east-1'",
  ],
  [
    'a Region that is none',
    { regions: ['eu-west-1', 'Ireland'] },
    "'regions' must name at least one Region, such as eu-west-1, got 'Ireland'",
  ],
  [
    'a choice of Regions over a sum of them',
    { regions: ['eu-west-1'], sources: { rollUp: [{ region: 'eu-west-1' }] } },
    "'regions' and 'sources.rollUp' exclude each other, got [eu-west-1]",
  ],
])('fails on %s', (_, overrides, message) => {
  expect(() => bodyOf(Audience.FINOPS, overrides)).toThrow(message);
});

test('fails on an audience for which there is nothing', () => {
  expect(() => bodyOf(Audience.AGENTS, { sources: { spanLogGroups: undefined } })).toThrow(
    "'sources' must have 'spanLogGroups' or 'agentLogGroup' for the Agents dashboard, got none",
  );
});

test('fails on more metrics in a graph than CloudWatch draws', () => {
  const rollUp = Array.from({ length: 501 }, (_, index) => ({ region: 'eu-west-1', accountId: String(index).padStart(12, '0') }));
  expect(() => bodyOf(Audience.FINOPS, { sources: { rollUp } })).toThrow(/must have at most 500 metrics and expressions, got \d+/);
});

test('the stack of tokens has the same colours wherever it is drawn', () => {
  const colours = (audience: Audience) =>
    bodyOf(audience)
      .widgets.find(({ properties }) => properties.title?.startsWith('Tokens by kind'))!
      .properties.metrics!.map((metric) => (metric.at(-1) as { color: string }).color);
  expect(colours(Audience.FINOPS)).toEqual(colours(Audience.DEVELOPER));
  expect(new Set(colours(Audience.FINOPS)).size).toBe(4);
});

import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { renderDashboard } from '../../../cli/preview/dashboard';
import type { Measurement } from '../../../cli/preview/measurement';
import { readTemplate } from '../../../cli/preview/template';
import { Audience } from '../../../lib/audience';
import { AudienceDashboard } from '../../../lib/audience-dashboard';
import { CostMetrics } from '../../../lib/cost-metrics';
import { DashboardWidget } from '../../../lib/dashboard-widget';
import { WidgetShape } from '../../../lib/widget-shape';
import { addAudiences, measureTwoDays, templateWith } from './measured';

let measurement: Measurement;

beforeAll(async () => {
  measurement = await measureTwoDays();
});

const render = (body: object) => renderDashboard({ name: 'Own', body: JSON.stringify(body) }, measurement);

const widget = (type: string, properties: object) => ({ type, x: 0, y: 0, width: 12, height: 6, properties });
const graph = (metrics: unknown[][], more: object = {}) => ({
  start: '-PT3H',
  widgets: [widget('metric', { title: 'Graph', region: 'us-east-1', metrics, ...more })],
});
const CALLS = ['AWS/Bedrock', 'Invocations', { stat: 'Sum', label: 'Calls' }];
const BY_MODEL = [{ expression: `SEARCH('{AWS/Bedrock,ModelId} MetricName="Invocations"', 'Sum', 300)` }];

test('finds nothing wrong with the dashboards of the library', () => {
  const { dashboards } = readTemplate(templateWith(addAudiences), 'template');
  expect(dashboards).toHaveLength(5);
  for (const dashboard of dashboards) {
    const { content, problems } = renderDashboard(dashboard, measurement);
    expect(problems).toEqual([]);
    expect(String(content)).not.toMatch(/NaN|undefined|Infinity|\[object/);
  }
});

test('renders the same twice', () => {
  const [dashboard] = readTemplate(templateWith(addAudiences), 'template').dashboards;
  // The ids of clip paths are counted over all charts.
  const rendered = () => String(renderDashboard(dashboard!, measurement).content).replace(/zr\d+/g, 'zr');
  expect(rendered()).toBe(rendered());
});

test.each([
  ['arn:aws:sts::111122223333:assumed-role/Assistant/web', 'Assistant/web'],
  ['arn:aws:bedrock:us-east-1:111122223333:guardrail/support 1', 'guardrail/support 1'],
  ['a label: with colons', 'a label: with colons'],
])('labels %s as %s', (label, short) => {
  const content = String(render(graph([['AWS/Bedrock', 'Invocations', { stat: 'Sum', label }]])).content);
  expect(content).toContain(`<span class="cut">${short}</span>`);
});

test('puts a widget where the body says', () => {
  const { content } = render({ widgets: [{ ...widget('text', { markdown: 'x' }), x: 6, y: 4, width: 12, height: 3 }] });
  expect(String(content)).toContain('style="grid-area: 5 / 7 / span 3 / span 12"');
});

describe('a metric widget', () => {
  test.each([
    ['a graph', {}, ['<svg', '<li title="Calls">', 'with-legend bottom']],
    ['a graph with its legend beside it', { legend: { position: 'right' } }, ['<svg', 'with-legend right']],
    ['a stacked graph', { stacked: true }, ['<svg', 'fill-opacity="0.75"']],
    ['a number', { view: 'singleValue', setPeriodToTimeRange: true }, ['<b>']],
    ['a number and its course', { view: 'singleValue', sparkline: true }, ['<b>', '<svg']],
    ['bars', { view: 'bar' }, ['width: 100.0%']],
    ['shares', { view: 'pie' }, ['<svg', '100.0 %']],
  ])('is %s', (_, properties, parts) => {
    const { content, problems, notes } = render(graph([CALLS], properties));
    expect([problems, notes]).toEqual([[], []]);
    parts.forEach((part) => expect(String(content)).toContain(part));
  });

  test('without a legend is the chart alone', () => {
    expect(String(render(graph([CALLS], { legend: { position: 'hidden' } })).content)).not.toContain('legend');
  });

  test('names and orders what a search finds', () => {
    const content = String(render(graph([BY_MODEL], { view: 'bar', stat: 'Sum' })).content);
    const values = [...content.matchAll(/<\/i>([\d.,K]+)/g)].map(([, value]) => Number(value!.replace(',', '')));
    expect(content).toContain('us.anthropic.claude-sonnet-4-6');
    expect(values.length).toBeGreaterThan(4);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });

  test('shows an annotation that is above all data, with an axis that reaches it', () => {
    const annotations = { horizontal: [{ value: 9000, label: 'Limit', color: '#d13212' }, { value: 5 }] };
    const content = String(render(graph([CALLS], { annotations })).content);
    expect(content).toContain('Limit');
    expect(content).toContain('>10K<');
    expect(content).toContain('stroke="#d13212"');
  });

  test('keeps its own colours where they are colours', () => {
    const colored = (color: string) => String(render(graph([['AWS/Bedrock', 'Invocations', { stat: 'Sum', color }]])).content);
    expect(colored('#12ab34')).toContain('background: #12ab34');
    expect(colored('red; background: url(//x)')).not.toContain('url(//x)');
  });

  test('says so where there are no data', () => {
    expect(String(render(graph([['AWS/Bedrock', 'OutputImageCount', { stat: 'Sum' }]])).content)).toContain('no data in this time');
    expect(String(render(graph([['AWS/Bedrock', 'OutputImageCount']], { view: 'singleValue' })).content)).toContain('<b>–</b>');
  });
});

describe('a log widget', () => {
  const log = (query: string, more: object = {}) => ({ start: '-PT3H', widgets: [widget('log', { query, ...more })] });
  const BY_CALLER = "SOURCE 'ledger' | filter ledger = 1 | stats count(*) as calls, sum(costUsd) as usd by caller | sort calls desc";

  test('is a table with its numbers at the right', () => {
    const content = String(render(log(BY_CALLER)).content);
    expect(content).toContain('<th>caller</th><th class="number">calls</th><th class="number">usd</th>');
    expect(content).toMatch(/<td>Assistant\/web<\/td><td class="number">\d+<\/td>/);
  });

  test('shows 200 rows and counts the others', () => {
    const content = String(render({ ...log("SOURCE 'ledger' | filter ledger = 1 | fields @timestamp"), start: '-P7D' }).content);
    expect(content.match(/<tr>/g)).toHaveLength(201);
    expect(content).toMatch(/<td>2026-11-\d\d \d\d:\d\d<\/td>/);
    expect(content).toMatch(/and \d+ more rows/);
  });

  test.each([
    ['bar', 'class="bars"'],
    ['pie', 'class="shares"'],
  ])('is a chart where its view is %s', (view, part) => {
    expect(String(render(log(BY_CALLER, { view })).content)).toContain(part);
  });

  test('of another log group than the ledger is empty, and says so', () => {
    const { notes } = render(log("SOURCE 'aws/spans' | stats count(*) as spans"));
    expect(notes).toEqual([{ dashboard: 'Own', widget: 'log widget 1', text: 'the content of aws/spans is not simulated' }]);
  });
});

test('an alarm widget names its alarms, and a widget of another type is left out', () => {
  const { content, notes } = render({
    widgets: [
      widget('alarm', { title: 'Alarms', alarms: ['arn:aws:cloudwatch:us-east-1:111122223333:alarm:AlarmsErrorRate12AB34CD'] }),
      widget('explorer', {}),
    ],
  });
  expect(String(content)).toContain('<li>AlarmsErrorRate</li>');
  expect(notes.map(({ text }) => text)).toEqual([
    'the state of alarms is known in CloudWatch only',
    "a widget of type 'explorer' is not drawn",
  ]);
});

test('a text widget is the HTML of its markdown', () => {
  const content = String(
    render({ widgets: [widget('text', { markdown: '# Costs\n\n**Owner**: `a`\n\n- [Runbooks](https://example.com)' })] }).content,
  );
  expect(content).toContain('<h1>Costs</h1>');
  expect(content).toContain('<li><a href="https://example.com">Runbooks</a></li>');
});

test('reports a metric that does not exist, on the widget and to the caller', () => {
  const { content, problems } = render(graph([['BedrockObservability', 'llm.cost.eur', { stat: 'Sum' }]]));
  expect(problems).toEqual([{ dashboard: 'Own', widget: 'Graph', text: 'there is no metric BedrockObservability llm.cost.eur' }]);
  expect(String(content)).toContain('<p class="problem">there is no metric BedrockObservability llm.cost.eur</p>');
});

test('reports a wrong metric of a widget of the user', () => {
  const wrong = new cloudwatch.Metric({ namespace: 'AWS/Bedrock', metricName: 'InvocationErrors', dimensionsMap: { ModelId: 'x' } });
  const template = templateWith((stack) => {
    const own = new DashboardWidget({
      id: 'Own',
      audiences: [Audience.DEVOPS],
      question: 'what fails',
      title: 'Ours',
      shape: WidgetShape.LINES,
      metrics: [wrong],
    });
    const sources = { costMetrics: CostMetrics.inNamespace() };
    new AudienceDashboard(stack, 'DevOps', { audience: Audience.DEVOPS, sources, widgets: [own] });
  });
  const { problems } = renderDashboard(readTemplate(template, 'template').dashboards[0]!, measurement);
  expect(problems).toEqual([
    expect.objectContaining({ widget: 'Ours', text: 'there is no metric AWS/Bedrock InvocationErrors ModelId=x' }),
  ]);
});

test('notes that metrics in an unknown namespace are not simulated', () => {
  const { problems, notes } = render(graph([['AWS/Lambda', 'Errors', 'FunctionName', 'f', { stat: 'Sum' }]]));
  expect(problems).toEqual([]);
  expect(notes).toEqual([expect.objectContaining({ text: 'AWS/Lambda Errors FunctionName=f is not simulated' })]);
});

test('notes that metrics of agents and evaluators, which come from spans, are not simulated', () => {
  const search = (query: string, id: string) => [{ expression: `SEARCH('${query}', 'Sum', 300)`, id }];
  const { problems, notes } = render(
    graph([
      ['BedrockObservability', 'agents.runs', { stat: 'Sum' }],
      search('{BedrockObservability,gen_ai.agent.name} MetricName="agents.cost.usd"', 'cost'),
      search('Namespace="Bedrock-AgentCore/Evaluations"', 'scores'),
    ]),
  );
  expect(problems).toEqual([]);
  expect(notes.map(({ text }) => text)).toEqual([
    'BedrockObservability agents.runs is not simulated',
    'agents.cost.usd is not simulated',
    'Bedrock-AgentCore/Evaluations is not simulated',
  ]);
});

test.each<[string, object, string]>([
  ['a broken expression', graph([[{ expression: 'a +' }]]), "'a +' is no metric math: Expected expression after + at character 3"],
  ['an id that is not there', graph([[{ expression: 'a + 1' }]]), "'a + 1' names 'a', which is no metric of this widget"],
  ['an expression over itself', graph([[{ expression: 'a + 1', id: 'a' }]]), "'a + 1' uses itself"],
  [
    'a SEARCH with another set of dimensions',
    graph([[{ expression: `SEARCH('{AWS/Bedrock,ModelId,ServiceTier} MetricName="Invocations"', 'Sum', 300)` }]]),
    "SEARCH finds no metric 'Invocations' with the dimensions ModelId, ServiceTier in AWS/Bedrock",
  ],
  [
    'a SEARCH of another form',
    graph([[{ expression: `SEARCH('Invocations', 'Sum', 300)` }]]),
    'SEARCH is drawn for {namespace,dimension} MetricName="name" only, got Invocations',
  ],
  [
    'a statistic that is none',
    graph([['AWS/Bedrock', 'Invocations', { stat: 'Total' }]]),
    "the statistic 'Total' is not among Sum, Average",
  ],
  [
    'half a dimension',
    graph([['AWS/Bedrock', 'Invocations', 'ModelId']]),
    'a metric must be written as namespace, name and pairs of dimensions',
  ],
  ['a range that is not relative', { ...graph([]), start: '2026-01-01' }, "the time range '2026-01-01' is not drawn"],
  [
    'a query that cannot be read',
    { widgets: [widget('log', { query: "SOURCE 'x' | parse @message" })] },
    "'parse' is not among the commands known here",
  ],
  [
    'a variable that no widget has',
    { widgets: [], variables: [{ type: 'property', id: 'model', property: 'ModelId' }] },
    "no widget has 'ModelId'",
  ],
])('reports %s', (_, body, message) => {
  const { problems } = render(body);
  expect(problems).toHaveLength(1);
  expect(problems[0]!.text).toContain(message);
});

test('fails on a body that is no JSON', () => {
  expect(() => renderDashboard({ name: 'Own', body: '{' }, measurement)).toThrow("the body of the dashboard 'Own' is no JSON");
});

test('variables have their defaults', () => {
  const variable = (more: object) => ({ type: 'pattern', id: 'v', pattern: 'MODEL', ...more });
  const titleWith = (more: object) =>
    /<h3>(.*?)<\/h3>/.exec(String(render({ ...graph([CALLS], { title: 'of MODEL' }), variables: [variable(more)] }).content))?.[1];

  expect(titleWith({ defaultValue: 'a "b"' })).toBe('of a &quot;b&quot;');
  expect(titleWith({})).toBe('of MODEL');
  expect(titleWith({ defaultValue: '__FIRST' })).toBe('of MODEL');
  const search = '{AWS/Bedrock,ModelId} MetricName="Invocations"';
  expect(titleWith({ defaultValue: '__FIRST', search })).toMatch(/^of [\w.:-]+$/);
});

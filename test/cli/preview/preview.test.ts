import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { preview } from '../../../cli/commands/preview.lazy';
import { drawDashboard } from '../../../cli/preview/dashboard-svg';
import { measure, type Measurement } from '../../../cli/preview/measurement';
import { syntheticRecords } from '../../../cli/preview/synthetic-records';
import { readTemplate } from '../../../cli/preview/template';
import { darkened } from '../../../cli/preview/theme';
import { Audience } from '../../../lib/audience';
import { AudienceDashboard } from '../../../lib/audience-dashboard';
import { CostMetrics } from '../../../lib/cost-metrics';
import { DashboardWidget } from '../../../lib/dashboard-widget';
import { savedQueries } from '../../../lib/private/dashboards/log-queries';
import { WidgetShape } from '../../../lib/widget-shape';
import { runQuery } from '../../../local-cloudwatch/logs-insights';
import { converse, failed, metadataOnly, numbered } from '../../fixtures/invocation-records';

const costMetrics = CostMetrics.inNamespace();
const END = Date.UTC(2026, 10, 20, 15, 30);

let folder: string;
let measurement: Measurement;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'preview-test-'));
  // Two days are enough to tell right from wrong.
  measurement = await measure(
    syntheticRecords(1).filter(({ time }) => time > END - 2 * 86_400_000),
    { METADATA_KEYS: 'team' },
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The template of a stack with whatever is added to it, as it is read from a file. */
function templateWith(add: (stack: Stack) => void): Record<string, unknown> {
  const stack = new Stack(new App(), 'Test');
  add(stack);
  return Template.fromStack(stack).toJSON() as Record<string, unknown>;
}

function audiences(stack: Stack): void {
  const ledgerLogGroup = logs.LogGroup.fromLogGroupName(stack, 'Ledger', 'ledger');
  for (const audience of Object.values(Audience).filter((each) => each !== Audience.AGENTS)) {
    new AudienceDashboard(stack, audience, { audience, sources: { costMetrics, ledgerLogGroup, ownerMetadataKey: 'team' }, monthlyBudgetUsd: 900 });
  }
}

function drawn(body: object) {
  return drawDashboard({ name: 'Own', body: JSON.stringify(body) }, measurement);
}

const graph = (metrics: unknown[][], more: object = {}) => ({
  start: '-PT3H',
  widgets: [{ type: 'metric', x: 0, y: 0, width: 12, height: 6, properties: { title: 'Graph', region: 'us-east-1', metrics, ...more } }],
});

test('finds nothing wrong with the dashboards of the library', () => {
  const { dashboards } = readTemplate(templateWith(audiences), 'template');
  expect(dashboards).toHaveLength(5);
  for (const dashboard of dashboards) {
    const { svg, problems } = drawDashboard(dashboard, measurement);
    expect(problems).toEqual([]);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(darkened(svg)).not.toContain('#f2f4f7');
  }
});

test('draws the same twice', () => {
  const [dashboard] = readTemplate(templateWith(audiences), 'template').dashboards;
  // Only the ids of clip paths are counted on.
  const bare = () => drawDashboard(dashboard!, measurement).svg.replace(/zr\d+/g, 'zr');
  expect(bare()).toBe(bare());
});

test('reports a metric that does not exist, on the widget and to the caller', () => {
  const { svg, problems } = drawn(graph([['BedrockObservability', 'llm.cost.eur', { stat: 'Sum' }]]));
  expect(problems).toEqual([{ dashboard: 'Own', widget: 'Graph', text: 'there is no metric BedrockObservability llm.cost.eur' }]);
  expect(svg).toContain('there is no metric BedrockObservability llm.cost.eur');
});

test('reports a wrong metric of a widget of the user', () => {
  const wrong = new cloudwatch.Metric({ namespace: 'AWS/Bedrock', metricName: 'InvocationErrors', dimensionsMap: { ModelId: 'x' } });
  const template = templateWith((stack) => {
    const widget = new DashboardWidget({
      id: 'Own',
      audiences: [Audience.DEVOPS],
      question: 'what fails',
      title: 'Ours',
      shape: WidgetShape.LINES,
      metrics: [wrong],
    });
    new AudienceDashboard(stack, 'DevOps', { audience: Audience.DEVOPS, sources: { costMetrics }, widgets: [widget] });
  });
  const { problems } = drawDashboard(readTemplate(template, 'template').dashboards[0]!, measurement);
  expect(problems).toEqual([
    expect.objectContaining({ widget: 'Ours', text: 'there is no metric AWS/Bedrock InvocationErrors ModelId=x' }),
  ]);
});

test('says of metrics that it knows nothing about that they are not simulated', () => {
  const { problems, notes } = drawn(graph([['AWS/Lambda', 'Errors', 'FunctionName', 'f', { stat: 'Sum' }]]));
  expect(problems).toEqual([]);
  expect(notes).toEqual([expect.objectContaining({ text: 'AWS/Lambda Errors FunctionName=f is not simulated' })]);
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
    { widgets: [{ type: 'log', x: 0, y: 0, width: 12, height: 6, properties: { query: "SOURCE 'x' | parse @message" } }] },
    "'parse' is not among the commands known here",
  ],
  [
    'a variable that no widget has',
    { widgets: [], variables: [{ type: 'property', id: 'model', property: 'ModelId' }] },
    "no widget has 'ModelId'",
  ],
])('reports %s', (_, body, message) => {
  const { problems } = drawn(body);
  expect(problems).toHaveLength(1);
  expect(problems[0]!.text).toContain(message);
});

test.each<[string, unknown, string]>([
  ['a template that is none', { hello: 1 }, "'t.json' is no CloudFormation template: it has no Resources"],
  [
    'a token that cannot be resolved',
    { Resources: { D: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: { 'Fn::ImportValue': 'x' } } } } },
    't.json, resource D, DashboardBody has a token that cannot be resolved: {"Fn::ImportValue":"x"}',
  ],
])('fails on %s', (_, template, message) => {
  expect(() => readTemplate(template, 't.json')).toThrow(message);
});

test('fails on a body that is no JSON', () => {
  expect(() => drawDashboard({ name: 'Own', body: '{' }, measurement)).toThrow("the body of the dashboard 'Own' is no JSON");
});

test.each([
  ['a template that does not exist', { template: 'nowhere.json' }, "'--template' names 'nowhere.json', which does not exist"],
  ['an app that fails', { app: 'exit 7' }, "the app 'exit 7' failed, with its message above"],
])('fails on %s', async (_, options, message) => {
  await expect(preview({ out: folder, format: 'html', seed: '1', ...options })).rejects.toThrow(message);
});

test('fails on a template without dashboards, and on an empty folder', async () => {
  const file = join(folder, 'none.json');
  writeFileSync(file, '{"Resources":{}}');
  const options = { out: folder, format: 'html', seed: '1' } as const;
  await expect(preview({ ...options, template: file })).rejects.toThrow(`there is no dashboard in ${file}`);
  await expect(preview({ ...options, template: folder })).rejects.toThrow('which has no *.template.json');
});

test('draws the records of the user, in one page that needs nothing else', async () => {
  const template = join(folder, 'app.template.json');
  writeFileSync(template, JSON.stringify(templateWith(audiences)));
  const records = join(folder, 'records.ndjson');
  writeFileSync(records, [numbered(converse, 1), numbered(converse, 2), failed].map((record) => JSON.stringify(record)).join('\n'));

  const { files, problems } = await preview({ template, records: [records], out: join(folder, 'out'), format: 'html', seed: '1' });

  expect(problems).toEqual([]);
  const page = readFileSync(files[0]!, 'utf8');
  expect(page).toContain('the calls of your own records');
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  expect(page).not.toContain('a secret question');
});

test('writes a picture of each dashboard in light and dark', async () => {
  const template = join(folder, 'one.template.json');
  const one = (stack: Stack) =>
    void new AudienceDashboard(stack, 'E', { audience: Audience.EXECUTIVE, sources: { costMetrics }, dashboardName: 'Exec' });
  writeFileSync(template, JSON.stringify(templateWith(one)));
  const records = join(folder, 'records.ndjson');
  writeFileSync(records, JSON.stringify(converse));

  const { files } = await preview({ template, records: [records], out: folder, format: 'svg', seed: '1' });

  expect(files).toEqual([join(folder, 'Exec.light.svg'), join(folder, 'Exec.dark.svg')]);
  expect(readFileSync(files[0]!, 'utf8')).toMatch(/^<svg xmlns=.*<\/svg>$/s);
});

describe('the saved queries, over lines that the meter wrote', () => {
  const logGroup = {} as logs.ILogGroup;
  const sources = {
    costMetrics,
    ledgerLogGroup: logGroup,
    spansLogGroup: logGroup,
    trailLogGroup: logGroup,
    ownerMetadataKey: 'team',
    promptsHashed: true,
  };
  const queries = savedQueries(sources);

  test.each(queries.map((query) => [query.id, query] as const))('%s can be read', (_, { lines }) => {
    expect(runQuery(lines.join('\n| '), measurement.ledger).columns.length).toBeGreaterThan(0);
  });

  const result = (id: string) => {
    const { columns, rows } = runQuery(queries.find((query) => query.id === id)!.lines.join('\n| '), measurement.ledger);
    return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row.get(column)])));
  };
  const sum = (rows: Array<Record<string, unknown>>, column: string) => rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
  const all = () => measurement.ledger.length;
  const spent = () => measurement.ledger.reduce((total, row) => total + Number(row.get('costUsd') ?? 0), 0);

  test('callers add up to all that was spent, and to every call', () => {
    const callers = result('TopCallers');
    expect(sum(callers, 'usd')).toBeCloseTo(spent(), 9);
    expect(sum(callers, 'calls')).toBe(all());
    expect(callers[0]!.usdPerCall).toBeCloseTo(Number(callers[0]!.usd) / Number(callers[0]!.pricedCalls), 12);
  });

  test('cost by owner has a share without an owner', () => {
    const owners = result('CostByOwner');
    expect(sum(owners, 'usd')).toBeCloseTo(spent(), 9);
    expect(owners.map(({ owner }) => owner)).toEqual(expect.arrayContaining(['platform', 'unallocated']));
  });

  test('who called what names each call once', () => {
    expect(sum(result('WhoCalledWhat'), 'calls')).toBe(all());
  });

  test('the heaviest calls are the ten with most tokens', () => {
    const tokens = result('HeaviestCalls').map(({ allTokens }) => Number(allTokens));
    expect(tokens).toHaveLength(10);
    expect(tokens).toEqual([...tokens].sort((a, b) => b - a));
  });

  test('wasted input is long, and its answers short', () => {
    for (const row of result('WastedInput')) {
      expect(Number(row.tokensIn) / Number(row.calls)).toBeGreaterThan(2000);
      expect(Number(row.tokensOut) / Number(row.calls)).toBeLessThan(200);
    }
  });

  test('calls without a price have tokens and a reason, and no cost', () => {
    expect(result('UnpricedCalls')).toEqual([
      expect.objectContaining({ modelId: 'acme.model-without-a-price-v1:0', tokensIn: expect.any(Number) }),
    ]);
  });

  test('cost that may be higher has both ends', async () => {
    const { ledger } = await measure([{ time: END, message: JSON.stringify(metadataOnly) }], {});
    const { rows } = runQuery(queries.find(({ id }) => id === 'UncertainCost')!.lines.join('\n| '), ledger);
    expect(Number(rows[0]!.get('atMost'))).toBeGreaterThan(Number(rows[0]!.get('atLeast')));
  });

  test('latency is by the Region that served the call', () => {
    expect(result('LatencyByRegion').map(({ servedIn }) => servedIn)).toEqual(expect.arrayContaining(['us-east-2', 'us-west-2']));
  });
});

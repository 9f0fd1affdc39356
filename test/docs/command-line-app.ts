import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEGIN, BOTOCORE, botocore, cloudWatchEvent, requestId, SONNET, STRANDS, strands } from '../engine/agents/spans';
import { metadataOnly } from '../fixtures/invocation-records';

const MODEL_CALLS = [
  { n: 1, at: 50, ms: 1900, input: 1800, output: 120 },
  { n: 2, at: 2400, ms: 2600, input: 2300, output: 340 },
];

/** One run of an agent with two model calls and a tool, and the records of its calls: those of docs/command-line.md. */
export function writeExampleTrace(folder: string): void {
  const [input, output] = [4100, 460];
  const spans = [
    { id: 'root', name: 'POST /invocations', kind: 'SERVER', ms: 5100 },
    {
      ...{ id: 'agent', parent: 'root', scope: STRANDS, ms: 5050 },
      attributes: strands('invoke_agent', input, output, { 'gen_ai.agent.name': 'planner', 'session.id': 'session-1' }),
    },
    ...MODEL_CALLS.map(({ n, at, ms, ...tokens }) => ({
      ...{ id: `chat-${n}`, parent: 'agent', scope: BOTOCORE, at, ms },
      attributes: botocore(requestId(n), tokens.input, tokens.output),
    })),
    {
      ...{ id: 'tool', parent: 'agent', at: 2000, ms: 350 },
      attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'find_trains', 'gen_ai.tool.status': 'success' },
    },
  ];
  const records = MODEL_CALLS.map(({ n, at, ms, ...tokens }) => ({
    ...metadataOnly,
    requestId: requestId(n),
    modelId: SONNET,
    timestamp: new Date(BEGIN + at + ms).toISOString().replace(/\.\d+/, ''),
    input: { inputTokenCount: tokens.input },
    output: { outputTokenCount: tokens.output },
  }));
  writeLines(join(folder, 'spans.json'), spans.map(cloudWatchEvent));
  writeLines(join(folder, 'records.ndjson'), records);
}

/** A template with one dashboard, which has a widget whose metric nobody publishes. */
export function writeExampleApp(folder: string): void {
  const widget = (y: number, title: string, metric: string) => ({
    ...{ type: 'metric', x: 0, y, width: 12, height: 6 },
    properties: { title, region: 'us-east-1', metrics: [['AWS/Bedrock', metric, { stat: 'Sum' }]] },
  });
  const body = JSON.stringify({ widgets: [widget(0, 'Calls', 'Invocations'), widget(6, 'Latency', 'InvocationLatencies')] });
  const dashboard = { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardName: 'Operations', DashboardBody: body } };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'Shop.template.json'), JSON.stringify({ Resources: { Dashboard: dashboard } }));
}

const writeLines = (path: string, values: readonly object[]): void =>
  writeFileSync(path, values.map((value) => `${JSON.stringify(value)}\n`).join(''));

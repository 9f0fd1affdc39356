import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { SubscriptionEvent } from './batches';
import { bundledHandler, captured } from './bundled-handler';
import { median, type Result } from './result';
import { countTraces } from '../engine/agents/counted';
import { spansIn } from '../engine/agents/span-forms';

/** Spans of a batch; those of one run are about a third of agents and two thirds of calls of its memory, as AgentCore writes them. */
const SPANS = 550;
const ROUNDS = 120;
const WARM_UP = 40;
const MODEL = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
const uuid = (): string => hex(16).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

interface Described {
  readonly scope: string;
  readonly name: string;
  readonly parent?: string;
  readonly ms: number;
  readonly attributes: object;
}

const usage = (input: number, output: number) => ({ 'gen_ai.usage.input_tokens': input, 'gen_ai.usage.output_tokens': output });

/** One cycle of an agent: a chat span of the framework above that of the SDK, a tool, and six calls of the memory. */
function cycle(parent: string, id: () => string): Array<Described & { readonly id: string }> {
  const chat = id();
  const [input, output] = [2000 + (parseInt(hex(2), 16) % 4000), 50 + (parseInt(hex(1), 16) % 200)];
  const strands = { 'gen_ai.system': 'strands-agents', 'gen_ai.request.model': MODEL };
  const aws = { 'rpc.system': 'aws-api', 'aws.region': 'us-east-1', 'aws.request_id': uuid(), 'http.response.status_code': 200 };
  const memory = (method: string): Described & { readonly id: string } => ({
    ...{ id: id(), parent, scope: 'opentelemetry.instrumentation.botocore', name: `BedrockAgentCore.${method}`, ms: 40 },
    attributes: {
      ...aws,
      'rpc.service': 'Bedrock AgentCore',
      'rpc.method': method,
      'server.address': 'bedrock-agentcore.us-east-1.amazonaws.com',
    },
  });
  return [
    {
      ...{ id: chat, parent, scope: 'strands.telemetry.tracer', name: 'chat', ms: 2000 },
      attributes: { ...strands, 'gen_ai.operation.name': 'chat', ...usage(input, output), 'gen_ai.server.time_to_first_token': 400 },
    },
    {
      ...{ id: id(), parent: chat, scope: 'opentelemetry.instrumentation.botocore.bedrock-runtime', name: `chat ${MODEL}`, ms: 1990 },
      attributes: {
        ...aws,
        ...{ 'rpc.service': 'Bedrock Runtime', 'rpc.method': 'ConverseStream', 'gen_ai.system': 'aws.bedrock' },
        ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': MODEL, ...usage(input, output) },
      },
    },
    {
      ...{ id: id(), parent, scope: 'strands.telemetry.tracer', name: 'execute_tool search', ms: 300 },
      attributes: { ...strands, 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'search', 'gen_ai.tool.status': 'success' },
    },
    ...['CreateEvent', 'ListEvents', 'CreateEvent', 'RetrieveMemoryRecords', 'ListEvents', 'CreateEvent', 'ListEvents'].map(memory),
  ];
}

/** The spans of one run, of about 1.9 KB each. */
function run(cycles: number, now: number): object[] {
  const id = (): string => hex(8);
  const root = id();
  const attributes = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'planner', ...usage(9000, 400) };
  const spans = [
    { id: root, scope: 'strands.telemetry.tracer', name: 'invoke_agent planner', ms: 9000, attributes } as Described & {
      readonly id: string;
    },
    ...Array.from({ length: cycles }, () => cycle(root, id)).flat(),
  ];
  const traceId = hex(16);
  const session = uuid();
  return spans.map(({ id: spanId, parent, scope, name, ms, ...span }, at) => ({
    resource: { attributes: RESOURCE },
    scope: { name: scope, version: '1.2.0' },
    ...{ traceId, spanId, parentSpanId: parent, flags: 256, name, kind: 'INTERNAL' },
    ...{
      startTimeUnixNano: (now - 60_000 + at * 100) * 1e6,
      endTimeUnixNano: (now - 60_000 + at * 100 + ms) * 1e6,
      durationNano: ms * 1e6,
    },
    attributes: {
      'aws.local.service': 'planner.DEFAULT',
      'aws.local.environment': 'bedrock-agentcore:default',
      'session.id': session,
      ...span.attributes,
    },
    ...{ events: [], links: [], status: { code: 'OK' } },
  }));
}

/** What AgentCore says of the runtime in each span. */
const RESOURCE = {
  ...{
    'deployment.environment.name': 'bedrock-agentcore:default',
    'aws.local.service': 'planner.DEFAULT',
    'service.name': 'planner.DEFAULT',
  },
  ...{
    'cloud.region': 'us-east-1',
    'cloud.provider': 'aws',
    'cloud.platform': 'aws_bedrock_agentcore',
    'aws.service.type': 'gen_ai_agent',
  },
  'cloud.resource_id': 'arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/planner-a1b2c3d4e5/runtime-endpoint/DEFAULT:DEFAULT',
  'aws.log.group.names': '/aws/bedrock-agentcore/runtimes/planner-a1b2c3d4e5-DEFAULT',
  ...{
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.language': 'python',
    'telemetry.sdk.version': '1.44.0',
    'telemetry.auto.version': '0.21.0-aws',
  },
};

function batchOf(now: number): SubscriptionEvent {
  const spans: object[] = [];
  while (spans.length < SPANS) spans.push(...run(5, now));
  const logEvents = spans.map((span, at) => ({ id: String(at).padStart(56, '3'), timestamp: now, message: JSON.stringify(span) }));
  const payload = {
    messageType: 'DATA_MESSAGE',
    owner: '111122223333',
    logGroup: 'aws/spans',
    logStream: 'default',
    subscriptionFilters: ['f'],
  };
  return { awslogs: { data: gzipSync(JSON.stringify({ ...payload, logEvents })).toString('base64') } };
}

/** The last span parsed, kept so that V8 cannot leave the parsing out. */
let parsed: unknown;

function baselineWork(event: SubscriptionEvent): number {
  const { logEvents } = JSON.parse(gunzipSync(Buffer.from(event.awslogs.data, 'base64')).toString('utf8')) as {
    logEvents: { message: string }[];
  };
  for (const { message } of logEvents) parsed = JSON.parse(message);
  return logEvents.length;
}

interface Measured {
  readonly handler: number;
  readonly baseline: number;
  readonly metricBytes: number;
}

/** Processor time of the meter of agents, the bytes of its metric lines, and the time that a tree of 1,000 spans takes. */
export function agents(): Result[] {
  const output = execFileSync(process.execPath, ['--import', 'tsx', __filename], { encoding: 'utf8' });
  const { handler, baseline, metricBytes } = JSON.parse(output) as Measured;
  const tree = treeMs();
  return [
    {
      ...{ name: 'agent meter, spans of AgentCore', ratio: handler / baseline, bound: 1, better: 'lower' },
      details: `${handler.toFixed(2)} against ${baseline.toFixed(2)} µs a span, batches of ${SPANS}`,
    },
    {
      ...{ name: 'metric bytes of the agent meter, a span', ratio: metricBytes / 200, bound: 1, better: 'lower' },
      details: `${metricBytes.toFixed(0)} of 200 bytes`,
    },
    { name: 'counting a trace of 1,000 spans', ratio: tree / 20, bound: 1, better: 'lower', details: `${tree.toFixed(1)} of 20 ms` },
  ];
}

function treeMs(): number {
  const spans = run(100, Date.now())
    .flatMap((span) => spansIn(span).spans)
    .slice(0, 1000);
  const times = Array.from({ length: 30 }, () => {
    const start = performance.now();
    countTraces(spans);
    return performance.now() - start;
  });
  return median(times);
}

async function measure(): Promise<Measured> {
  const handler = bundledHandler({ DIMENSIONS: 'agent,operation,tool,model' }, 'meter-agents');
  const sink = openSync(devNull, 'w');
  const handlerTimes: number[] = [];
  const baselineTimes: number[] = [];
  let metricBytes = 0;
  const time = async (work: () => unknown): Promise<number> => {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const event = batchOf(Date.now());
    let written = '';
    const write = (text: string) => void (writeSync(sink, text), (written = text));
    const spans = baselineWork(event);
    const sides = [
      async () => handlerTimes.push((await captured(write, () => time(() => handler(event)))) / spans),
      async () => baselineTimes.push((await time(() => baselineWork(event))) / spans),
    ];
    // In turns, because the first one takes away what making the batch left behind.
    for (const side of round % 2 === 0 ? sides : sides.reverse()) await side();
    if (round < WARM_UP) handlerTimes.length = baselineTimes.length = 0;
    const metricLines = written.split('\n').filter((line) => line.startsWith('{"_aws"'));
    metricBytes = metricLines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0) / spans;
  }
  return { handler: median(handlerTimes), baseline: median(baselineTimes), metricBytes };
}

if (require.main === module) {
  void measure().then((measured) => parsed !== undefined && process.stdout.write(JSON.stringify(measured)));
}

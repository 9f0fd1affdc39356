import {
  BedrockAgentRuntimeClient,
  InvokeAgentCommand,
  InvokeInlineAgentCommand,
  RetrieveAndGenerateStreamCommand,
} from '@aws-sdk/client-bedrock-agent-runtime';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { context, trace } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { traceConverse, traceInvokeAgent, type TracedCommand } from '../../trace';
import { StandIn } from './event-stream';
import { readAll, REQUEST_ID } from './fake-client';
import { AsyncContextManager, type EndedSpan } from './recording-provider';
import { type AgentResponse, response, responses } from './responses';
import { asExpected } from './tracing';

// The real SDKs of AWS and of OpenTelemetry over HTTP, in front of what the other tests of this folder stand in for.

const SONNET = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const standIn = new StandIn();
const exporter = new InMemorySpanExporter();
let agents: BedrockAgentRuntimeClient;
let models: BedrockRuntimeClient;

beforeAll(async () => {
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  context.setGlobalContextManager(new AsyncContextManager());
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  // By default these clients speak HTTP/2.
  const options = {
    region: 'us-east-1',
    endpoint: await standIn.start(),
    credentials,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
  };
  agents = new BedrockAgentRuntimeClient(options);
  models = new BedrockRuntimeClient(options);
});
afterEach(() => exporter.reset());
afterAll(() => {
  standIn.stop();
  trace.disable();
  context.disable();
});

const msOf = ([seconds, nanoseconds]: ReadableSpan['startTime']): number => seconds * 1000 + nanoseconds / 1e6;

/** The span of the request ends last and comes first in the fixture. */
const ended = (): EndedSpan[] => {
  const spans = exporter.getFinishedSpans();
  return [spans.at(-1)!, ...spans.slice(0, -1)].map((span, index) => ({
    ...{
      name: span.name,
      kind: span.kind,
      id: `${String(index).padStart(4, '0')} ${span.spanContext().spanId}`,
      attributes: span.attributes,
    },
    ...{ status: span.status.code || undefined, start: msOf(span.startTime), end: msOf(span.endTime) },
    parent: idOf(spans, span.parentSpanContext?.spanId),
  }));
};

function idOf(spans: readonly ReadableSpan[], spanId: string | undefined): string | undefined {
  const ordered = [spans.at(-1)!, ...spans.slice(0, -1)];
  const place = ordered.findIndex((span) => span.spanContext().spanId === spanId);
  return place < 0 ? undefined : `${String(place).padStart(4, '0')} ${spanId}`;
}

const COMMANDS = {
  InvokeAgent: InvokeAgentCommand,
  InvokeInlineAgent: InvokeInlineAgentCommand,
  RetrieveAndGenerateStream: RetrieveAndGenerateStreamCommand,
};

async function send({ operation, input, region }: AgentResponse): Promise<number> {
  type Answer = { completion?: AsyncIterable<unknown>; stream?: AsyncIterable<unknown> };
  const Command = COMMANDS[operation] as unknown as new (input: object) => TracedCommand<Answer>;
  const command = new Command(input);
  const { completion, stream } = await traceInvokeAgent(agents, command, { region });
  return (await readAll(completion ?? stream!)).length;
}

test.each(responses.map((each) => [each.name, each] as const))('%s', async (_, each) => {
  standIn.answer = each;
  await send(each);
  expect(asExpected(ended())).toEqual(each.spans);
});

test('an exception in the stream', async () => {
  const each = response('tools and guardrails');
  standIn.answer = { ...each, events: each.events.slice(0, 3), exception: 'throttlingException' };
  await expect(send(each)).rejects.toMatchObject({ name: 'ThrottlingException' });
  expect(ended()[0]).toMatchObject({ status: 2, attributes: { 'error.type': 'ThrottlingException' } });
});

test('the models', async () => {
  const usage = { inputTokens: 14, outputTokens: 60, totalTokens: 74, cacheReadInputTokens: 4000 };
  standIn.answer = { requestId: REQUEST_ID, body: { output: {}, stopReason: 'end_turn', usage, metrics: { latencyMs: 5 } } };
  await traceConverse(models, new ConverseCommand({ modelId: SONNET, messages: [] }));
  standIn.answer = { requestId: REQUEST_ID, body: { usage: { input_tokens: 14, output_tokens: 60 } } };
  const { body } = await traceConverse(models, new InvokeModelCommand({ modelId: SONNET, body: new Uint8Array(Buffer.from('{}')) }));
  expect(JSON.parse(body.transformToString())).toEqual(standIn.answer.body);
  const last = { 'amazon-bedrock-invocationMetrics': { inputTokenCount: 14, outputTokenCount: 60 } };
  standIn.answer = { requestId: REQUEST_ID, events: [{ chunk: { bytes: Buffer.from(JSON.stringify(last)).toString('base64') } }] };
  const stream = await traceConverse(models, new InvokeModelWithResponseStreamCommand({ modelId: SONNET, body: '{}' }));
  expect(await readAll(stream.body!)).toHaveLength(1);
  const spans = exporter.getFinishedSpans().map(({ attributes }) => [attributes['gen_ai.usage.input_tokens'], attributes['llm.cost.usd']]);
  expect(spans).toEqual([
    [4014, 0.0023562],
    [14, 0.0010362],
    [14, 0.0010362],
  ]);
  expect(exporter.getFinishedSpans().every(({ attributes }) => attributes['aws.request_id'] === REQUEST_ID)).toBe(true);
});

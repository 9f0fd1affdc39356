import { trace } from '@opentelemetry/api';
import { traceInvokeAgent } from '../../trace';
import { Client, command, readAll, streamOf } from './fake-client';
import { agentClient, provider, replay, useProvider } from './tracing';
import { response, sdkEvents } from './responses';

useProvider();

const recorded = response('tools and guardrails');
const names = (): string[] => provider.ended.map(({ name }) => name);
const root = () => provider.ended.find(({ parent }) => parent === undefined)!;

test('the command of the application is not changed; trace events are asked for', async () => {
  const client = agentClient(recorded);
  const asked = command(recorded.input);
  await traceInvokeAgent(client, asked);
  expect(asked.input).toEqual(recorded.input);
  expect(client.sent[0]).toMatchObject({ input: { ...recorded.input, enableTrace: true } });
  expect(client.sent[0]!.middlewareStack).toBe(asked.middlewareStack);
  expect(Object.getPrototypeOf(client.sent[0])).toBe(Object.getPrototypeOf(asked));
});

test('the response is the same, and so are its events, one by one', async () => {
  const events = sdkEvents(recorded.events);
  const answer = { $metadata: {}, sessionId: 'session-1', completion: streamOf(events) };
  const traced = await traceInvokeAgent(new Client(answer), command(recorded.input));
  expect(traced).toBe(answer);
  const seen = await readAll(traced.completion!);
  expect(seen).toHaveLength(events.length);
  seen.forEach((event, index) => expect(event).toBe(events[index]));
});

test('an event is handed on before the next one is there', async () => {
  let produced = 0;
  async function* slowly() {
    for (const event of sdkEvents(recorded.events)) {
      await Promise.resolve();
      produced += 1;
      yield event;
    }
  }
  const { completion } = await traceInvokeAgent(new Client({ $metadata: {}, completion: slowly() }), command(recorded.input));
  expect(produced).toBe(0);
  let read = 0;
  for await (const event of completion!) {
    read += event ? 1 : 0;
    expect(produced).toBe(read);
  }
});

describe('a stream that the application leaves', () => {
  const stream = () => {
    let closed = false;
    const events = (async function* () {
      try {
        yield* sdkEvents(recorded.events);
      } finally {
        closed = true;
        await Promise.resolve();
      }
    })();
    return { client: new Client({ $metadata: {}, completion: events }), isClosed: () => closed };
  };

  test('by break: what came so far is there, and the stream is closed', async () => {
    const { client, isClosed } = stream();
    const { completion } = await traceInvokeAgent(client, command(recorded.input));
    let count = 0;
    for await (const event of completion!) {
      count += event ? 1 : 0;
      if (count === 5) break;
    }
    expect(isClosed()).toBe(true);
    expect(root().attributes).toMatchObject({ 'aws.bedrock.stream.abandoned': true });
    expect(root().status).toBeUndefined();
    expect(names().filter((name) => name.startsWith('chat'))).toHaveLength(1);
  });

  test('by an error of its own', async () => {
    const { client } = stream();
    const { completion } = await traceInvokeAgent(client, command(recorded.input));
    const reading = (async () => {
      for await (const event of completion!) throw new Error(`of the application: ${Object.keys(event).length}`);
    })();
    await expect(reading).rejects.toThrow('of the application');
    expect(root().attributes).toMatchObject({ 'aws.bedrock.stream.abandoned': true });
  });

  test('by reading no further', async () => {
    const { client } = stream();
    const { completion } = await traceInvokeAgent(client, command(recorded.input), { abandonedAfterMs: 5 });
    await completion![Symbol.asyncIterator]().next();
    expect(provider.ended).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(root().attributes).toMatchObject({ 'aws.bedrock.stream.abandoned': true });
    expect(root().end - root().start).toBeLessThan(25);
  });

  test('by never reading at all', async () => {
    await traceInvokeAgent(stream().client, command(recorded.input), { abandonedAfterMs: 5 });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(provider.ended).toHaveLength(1);
  });

  test('by the end of the process', async () => {
    await traceInvokeAgent(stream().client, command(recorded.input));
    process.emit('beforeExit', 0);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(provider.ended).toHaveLength(1);
  });
});

class ThrottlingException extends Error {
  public override readonly name = 'ThrottlingException';
}

test('a stream that breaks: the same error, and the span says which', async () => {
  const error = new ThrottlingException('secret words');
  const events = streamOf(sdkEvents(recorded.events.slice(0, 3)), error);
  const { completion } = await traceInvokeAgent(new Client({ $metadata: {}, completion: events }), command(recorded.input));
  await expect(readAll(completion!)).rejects.toBe(error);
  expect(root()).toMatchObject({ status: 2, attributes: { 'error.type': 'ThrottlingException' } });
  expect(JSON.stringify(provider.ended)).not.toContain('secret');
});

test('a request that fails: the same error, and the span says which', async () => {
  const error = new ThrottlingException('secret words');
  await expect(traceInvokeAgent(new Client(error), command(recorded.input))).rejects.toBe(error);
  expect(provider.ended).toMatchObject([{ status: 2, attributes: { 'error.type': 'ThrottlingException' } }]);
});

test('spans are below the active one, and end while the stream does', async () => {
  const parent = trace.wrapSpanContext({ traceId: '1af7651916cd43dd8448eb211c80319c', spanId: '00000000000000ff', traceFlags: 1 });
  const { context } = jest.requireActual<typeof import('@opentelemetry/api')>('@opentelemetry/api');
  await context.with(trace.setSpan(context.active(), parent), () => replay(recorded));
  expect(provider.ended.find(({ name }) => name.startsWith('invoke_agent'))).toMatchObject({ parent: '00000000000000ff' });
});

test('the model behind an alias, for answers that do not name it', async () => {
  const events = sdkEvents(recorded.events).map((event) => {
    const text = JSON.stringify(event, (key, value: unknown) => (key === 'foundationModel' || key === 'content' ? undefined : value));
    return JSON.parse(text) as Record<string, unknown>;
  });
  const options = { model: 'anthropic.claude-3-haiku-20240307-v1:0' };
  const { completion } = await traceInvokeAgent(
    new Client({ $metadata: {}, completion: streamOf(events) }),
    command(recorded.input),
    options,
  );
  await readAll(completion!);
  const chats = provider.ended.filter(({ name }) => name === `chat ${options.model}`);
  expect(chats).toHaveLength(4);
  expect(chats[0]!.attributes).toMatchObject({ 'gen_ai.request.model': options.model, 'llm.cost.usd': expect.any(Number) as number });
});

test('without prices', async () => {
  await replay(recorded, { price: false });
  expect(JSON.stringify(provider.ended)).not.toContain('llm.cost');
});

import { context, diag, DiagConsoleLogger, trace } from '@opentelemetry/api';
import { traceContext, traceConverse, traceInvokeAgent } from '../../trace';
import { Client, command, readAll, streamOf } from './fake-client';
import { AsyncContextManager, RecordingProvider } from './recording-provider';
import { response, sdkEvents } from './responses';
import { provider, replay, useProvider } from './tracing';

const recorded = response('tools and guardrails');
const GLOBAL = Symbol.for('opentelemetry.js.api.1');

describe('with a provider', () => {
  useProvider();

  test('another instrumentation makes no span for the same call', async () => {
    const answer = () => {
      provider.getTracer().startSpan('BedrockAgentRuntime.InvokeAgent').end();
      return { $metadata: {}, completion: streamOf(sdkEvents(recorded.events)) };
    };
    const { completion } = await traceInvokeAgent(new Client(answer), command(recorded.input));
    await readAll(completion!);
    expect(provider.ended.map(({ name }) => name)).not.toContain('BedrockAgentRuntime.InvokeAgent');
    provider.getTracer().startSpan('afterwards').end();
    expect(provider.ended.map(({ name }) => name)).toContain('afterwards');
  });

  test('a trace that is not sampled: nothing is asked for, nothing wrapped', async () => {
    provider.sampled = false;
    const completion = streamOf(sdkEvents(recorded.events));
    const client = new Client({ $metadata: {}, completion });
    const asked = command(recorded.input);
    expect((await traceInvokeAgent(client, asked)).completion).toBe(completion);
    expect(client.sent).toEqual([asked]);
    expect(provider.ended).toEqual([]);
  });

  test('flushes before the stream ends, where it is asked to', async () => {
    await replay(recorded);
    expect(provider.flushes).toBe(0);
    await replay(recorded, { flush: true });
    expect(provider.flushes).toBe(1);
  });

  test('a destination that never answers holds the stream up for two seconds', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'performance', 'queueMicrotask', 'setImmediate'] });
    try {
      provider.forceFlush = () => new Promise(() => undefined);
      let isDone = false;
      const reading = replay(recorded, { flush: true }).then(() => (isDone = true));
      // The prices are loaded meanwhile.
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
      expect(isDone).toBe(false);
      await jest.advanceTimersByTimeAsync(2000);
      await reading;
      expect(isDone).toBe(true);
    } finally {
      jest.useRealTimers();
    }
  });

  test('a provider of its own instead of the global one', async () => {
    const own = new RecordingProvider();
    await replay(recorded, { tracerProvider: own });
    expect([own.ended.length, provider.ended.length]).toEqual([10, 0]);
  });

  test('what the runtime of AgentCore is handed', () => {
    const span = trace.wrapSpanContext({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 });
    const found = context.with(trace.setSpan(context.active(), span), () => traceContext('a session/1'));
    expect(found).toEqual({
      traceParent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      baggage: 'session.id=a%20session%2F1',
    });
    expect(traceContext()).toEqual({});
  });
});

test('no provider: the call is as without this module, and the diagnostic log says that nothing is traced', async () => {
  trace.disable();
  const warn = jest.fn();
  diag.setLogger({ ...new DiagConsoleLogger(), warn }, { suppressOverrideMessage: true });
  const completion = streamOf(sdkEvents(recorded.events));
  const client = new Client({ $metadata: {}, completion });
  const asked = command(recorded.input);
  expect((await traceInvokeAgent(client, asked)).completion).toBe(completion);
  expect(client.sent).toEqual([asked]);
  await traceConverse(client, asked);
  expect(warn.mock.calls).toEqual(Array(2).fill(['no tracer provider is registered: calls of Bedrock are not traced']));
  diag.disable();
});

// The API itself refuses a global of a minor version before its own.
test.each(['1.0.4', '1.4.1', '1.8.0', '1.9.1', '1.10.0', '1.99.0'])('a provider that @opentelemetry/api %s registered', async (version) => {
  const holder = globalThis as unknown as Record<symbol, unknown>;
  const before = holder[GLOBAL];
  const registered = new RecordingProvider();
  holder[GLOBAL] = { version, trace: registered, context: new AsyncContextManager() };
  try {
    await replay(recorded);
    expect(registered.ended).toHaveLength(10);
  } finally {
    holder[GLOBAL] = before;
  }
});

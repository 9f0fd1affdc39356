import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { InvokeAgentEvents } from '../../engine/agents/invoke-agent-events';
import type { Span } from '../../engine/agents/span';
import { spansIn } from '../../engine/agents/span-forms';
import { TRACE_SCOPE } from '../../engine/telemetry/span-attributes';
import { traceInvokeAgent } from '../../trace';
import { command, readAll } from '../trace/fake-client';
import { responses } from '../trace/responses';
import { agentClient } from '../trace/tracing';
import { Collector, describeWithCollector } from './collector';
import { JsonExporter, rowsOf, spansOf, treeOf } from './otlp-json';

describeWithCollector('spans of the Node module, in a real collector', () => {
  let received: Array<Record<string, unknown>>;

  beforeAll(async () => {
    const sink = await Collector.sink();
    const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(new JsonExporter(sink.endpoint))] });
    for (const recorded of responses) {
      const answer = await traceInvokeAgent(agentClient(recorded), command(recorded.input), {
        tracerProvider: provider,
        region: recorded.region,
      });
      await readAll((answer.completion ?? answer.stream)!);
    }
    await provider.shutdown();
    received = await sink.stop();
  });

  test.each(responses.map((each) => [each.name, each] as const))('%s', (_, recorded) => {
    const all = spansOf(received);
    const { traceId } = all.find(({ attributes }) => attributes['aws.request_id'] === recorded.requestId)!;
    const arrived = all.filter((span) => span.traceId === traceId);
    expect(treeOf(rowsOf(arrived))).toEqual(treeOf(recorded.spans));
    expect(new Set(arrived.map(({ scope }) => scope))).toEqual(new Set([TRACE_SCOPE]));
  });

  test.each(responses.map((each) => [each.name, each] as const))('`traces` draws the same tree: %s', (_, recorded) => {
    const all = received.flatMap((line) => spansIn(line).spans);
    const { traceId } = all.find(({ requestId }) => requestId === recorded.requestId)!;
    const spans = all.filter((span) => span.traceId === traceId);
    const drawn = spans.map(({ name, parentSpanId, start, end, failed }) => {
      const parent = spans.find(({ spanId }) => spanId === parentSpanId);
      return lineOf(name, parent && { parent: parent.name, start: Math.round(start), ms: Math.round(end - start) }, failed);
    });
    const expected = recorded.spans.map(({ name, parent, start, ms, failed }) =>
      lineOf(shown(name), parent === undefined ? undefined : { parent: shown(recorded.spans[parent]!.name), start, ms }, failed),
    );
    expect(drawn.sort()).toEqual(expected.sort());
  });

  test('`traces` reads of what the collector wrote what it reads of the responses', () => {
    const tokens = (spans: readonly Span[]) =>
      spans
        .map(({ role, tokens: found, inputForm }) => {
          const { input, output, cacheRead, cacheWrite } = found ?? { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
          // Spans of this module have cached tokens in the input, as the conventions ask for; raw responses have not.
          const uncached = inputForm === 'includesCache' ? input - cacheRead - cacheWrite : input;
          return `${role} ${uncached} ${output} ${cacheRead} ${cacheWrite}`;
        })
        .sort();
    const direct = responses.filter(({ operation }) => operation !== 'RetrieveAndGenerateStream').flatMap(({ events }) => stepsOf(events));
    const read = received.flatMap((line) => spansIn(line).spans);
    const agents = read.filter(({ name }) => name.startsWith('invoke_agent') || name === 'guardrail' || !name.startsWith('retrieval '));
    expect(tokens(agents.filter(({ parentSpanId }) => parentSpanId))).toEqual(tokens(direct));
  });
});

/** `traces` puts names together anew: an inline agent has none, and a knowledge base is not part of them. */
const shown = (name: string): string => name.replace(/^(invoke_agent) INLINE_AGENT$|^(retrieval) KB\w+$/, '$1$2');

const lineOf = (name: string, place: object | undefined, failed = false): string => JSON.stringify([name, place, failed]);

function stepsOf(events: readonly unknown[]): readonly Span[] {
  const read = new InvokeAgentEvents();
  events.forEach((event) => read.add(event));
  return read.found.slice(1);
}

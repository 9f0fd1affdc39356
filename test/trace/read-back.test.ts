import * as fc from 'fast-check';
import { InvokeAgentEvents } from '../../engine/agents/invoke-agent-events';
import { spansIn } from '../../engine/agents/span-forms';
import { TRACE_SCOPE } from '../../engine/telemetry/span-attributes';
import { traceConverse, traceInvokeAgent } from '../../trace';
import { cases } from '../cases';
import { runs } from '../engine/agents/pricing';
import { Client, command, streamOf } from './fake-client';
import { type AgentResponse, responses, sdkEvents } from './responses';
import { provider, replay, useProvider } from './tracing';

useProvider();

const TRACE = '0af7651916cd43dd8448eb211c80319c';

/** The spans as an exporter writes them in OTLP/JSON. */
const otlp = () => ({
  resourceSpans: [
    {
      resource: { attributes: [] },
      scopeSpans: [
        {
          scope: { name: TRACE_SCOPE },
          spans: provider.ended.map(({ name, id, parent, attributes, start, end, status }) => ({
            ...{ traceId: TRACE, spanId: id, parentSpanId: parent, name, kind: 3, status: { code: status } },
            startTimeUnixNano: String(BigInt(Math.round(start * 1e6))),
            endTimeUnixNano: String(BigInt(Math.round(end * 1e6))),
            attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) })),
          })),
        },
      ],
    },
  ],
});

const anyValue = (value: unknown) =>
  typeof value === 'number'
    ? Number.isInteger(value)
      ? { intValue: String(value) }
      : { doubleValue: value }
    : { stringValue: String(value) };

const summary = (spans: Parameters<typeof runs>[0]) =>
  runs(spans).runs.map(({ modelCalls, tokens, cost, tools }) => ({ modelCalls, tokens, cost, tools }));

const direct = ({ events }: AgentResponse) => {
  const read = new InvokeAgentEvents();
  events.forEach((event) => read.add(event));
  return summary(read.found);
};

const withSteps = responses.filter(
  (each) => each.spans.length > 1 && each.region === 'us-east-1' && each.operation !== 'RetrieveAndGenerateStream',
);

test.each(withSteps.map((each) => [each.name, each] as const))(
  '`traces` says the same of the spans as of the response: %s',
  async (_, each) => {
    await replay(each);
    expect(summary(spansIn(otlp()).spans)).toEqual(direct(each));
  },
);

test('whatever is in a response, the application gets it, and the span ends once', async () => {
  const events = responses.flatMap((each) => each.events);
  const damaged = fc
    .tuple(fc.array(fc.nat(events.length - 1), { maxLength: 12 }), fc.nat(), fc.jsonValue({ maxDepth: 2 }))
    .map(([places, n, value]) => {
      const text = JSON.stringify(places.map((place) => events[place]));
      const names = [...text.matchAll(/"(\w+)":/g)].map(([, name]) => name!);
      const name = names[n % Math.max(1, names.length)];
      return JSON.parse(text, (key, old: unknown) => (key === name ? value : old)) as unknown[];
    });
  await fc.assert(
    fc.asyncProperty(damaged, fc.boolean(), async (raw, isAgent) => {
      provider.ended.length = 0;
      const sent = sdkEvents((Array.isArray(raw) ? raw : [raw]) as Array<Record<string, unknown>>);
      const client = new Client({ $metadata: {}, completion: streamOf(sent) });
      const send = isAgent ? traceInvokeAgent : traceConverse;
      const { completion } = await send(client, command({ agentId: 'AGENT00001', modelId: 'm', messages: raw, body: JSON.stringify(raw) }));
      const seen: unknown[] = [];
      for await (const event of completion!) seen.push(event);
      expect(seen).toEqual(sent);
      expect(provider.ended.filter(({ parent }) => parent === undefined)).toHaveLength(1);
    }),
    { numRuns: cases(60, 1500) },
  );
});

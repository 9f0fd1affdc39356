import { InvokeAgentEvents } from '../../engine/agents/invoke-agent-events';
import { asExpected, provider, replay, useProvider } from './tracing';
import { responses, sdkEvents } from './responses';

useProvider();

test.each(responses.map((response) => [response.name, response] as const))('%s', async (_, response) => {
  const events = await replay(response);
  expect(events).toEqual(sdkEvents(response.events));
  expect(asExpected(provider.ended)).toEqual(response.spans);
});

/** What `traces` shows of the steps of a response: names, parents, times and failures. */
const agents = responses.filter(({ operation }) => operation !== 'RetrieveAndGenerateStream');
test.each(agents.map((response) => [response.name, response] as const))('`traces` draws the same tree: %s', (_, { events, spans }) => {
  const read = new InvokeAgentEvents();
  sdkEvents(events).forEach((event) => read.add(event));
  const steps = read.found.slice(1).map(({ name, parentSpanId, start, end, failed }) => ({
    name,
    parent: read.found.findIndex(({ spanId }) => spanId === parentSpanId),
    start: Math.round(start),
    ms: Math.round(end - start),
    ...(failed && { failed: true }),
  }));
  expect(steps).toEqual(
    spans.slice(1).map(({ name, parent, start, ms, failed }) => ({ name, parent, start, ms, ...(failed && { failed }) })),
  );
});

import { provider, useProvider } from '../trace/tracing';
import { askedOfAgentCore, examplesOf, runExample } from './run-example';

useProvider();

/** The pages, and how many examples each has. */
const PAGES = { instrumentation: 2, 'instrument-agents': 3 };
const examples = Object.keys(PAGES).flatMap(examplesOf);

test.each(Object.entries(PAGES))('examples of %s', (page, count) => expect(examplesOf(page)).toHaveLength(count));

test.each(examples.map((code) => [code.split('\n').at(-2)!, code]))('%s', async (_, code) => {
  await runExample(code);
  if (code.includes('traceContext')) {
    expect(askedOfAgentCore).toEqual([expect.objectContaining({ baggage: 'session.id=session-1' })]);
    return;
  }
  expect(provider.ended.filter(({ attributes }) => typeof attributes['llm.cost.usd'] === 'number')).toHaveLength(1);
});

import { asExpected, provider, replay, useProvider } from './tracing';
import { responses, sdkEvents } from './responses';

useProvider();

test.each(responses.map((response) => [response.name, response] as const))('%s', async (_, response) => {
  const events = await replay(response);
  expect(events).toEqual(sdkEvents(response.events));
  expect(asExpected(provider.ended)).toEqual(response.spans);
});

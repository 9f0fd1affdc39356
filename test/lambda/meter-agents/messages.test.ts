import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describesAgents } from '../../../engine/agents/metering/relevant';
import { isObject, type Json } from '../../../engine/records/json';
import { messagesOf } from '../../../lambda/meter-agents/messages';
import type { ReplayEvent, SubscriptionEvent } from '../../../lambda/shared/subscription-events';
import { cases } from '../../cases';
import { botocore, BOTOCORE, cloudWatchEvent, requestId } from '../../engine/agents/spans';

const packed = (payload: unknown) => ({ awslogs: { data: gzipSync(JSON.stringify(payload)).toString('base64') } });
const payloadOf = (messages: readonly unknown[]) => ({
  messageType: 'DATA_MESSAGE',
  logEvents: messages.map((message, at) => ({ id: String(at).padStart(56, '0'), timestamp: at, message })),
});

/** Some messages arrive parsed. */
const messagesIn = (event: SubscriptionEvent | ReplayEvent): unknown[] =>
  [...messagesOf(event)].map((message) => (isObject(message) ? textOf(message) : message));

/** As it was before: the resource is the first member of a span. */
const textOf = ({ resource, ...rest }: Json): string => JSON.stringify({ resource, ...rest });

const SPAN = JSON.stringify(cloudWatchEvent({ id: 'a', scope: BOTOCORE, attributes: botocore(requestId(1), 1, 1) }));
const OTHER = JSON.stringify(cloudWatchEvent({ id: 'b', attributes: { 'db.system': 'x' } }));

test('what cannot be a span of an agent is left out before it is parsed, and counted', () => {
  const messages = messagesIn(packed(payloadOf([OTHER, OTHER, SPAN, OTHER, SPAN, OTHER])));
  expect(messages).toEqual([undefined, SPAN, undefined, SPAN, OTHER, OTHER]);
});

test('every span of an agent arrives, whatever stands around it', () => {
  const text = fc.oneof(
    fc.constantFrom(SPAN, OTHER, '"},{"id":"', '\\"},{"id":"', '{"id":"1"},{"id":"2"}', JSON.stringify(SPAN), 'ü"},{"id":"', ''),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), (texts) => {
      const messages = messagesIn(packed(payloadOf(texts)));
      expect(messages.filter((each) => describesAgents(String(each))).sort()).toEqual(texts.filter(describesAgents).sort());
      expect(messages).toHaveLength(texts.length);
    }),
    { numRuns: cases(100, 5000) },
  );
});

test('events from the dead-letter queue are those that failed', () => {
  const body = JSON.stringify(packed(payloadOf([SPAN])));
  expect(messagesIn({ Records: [{ body }, { body }] })).toEqual([SPAN, SPAN]);
});

test('a control message has none, and what is no payload is refused', () => {
  expect(messagesIn(packed({ messageType: 'CONTROL_MESSAGE', logEvents: [] }))).toEqual([]);
  expect(() => messagesIn(packed({}))).toThrow('the subscription event has no logEvents');
});

const resources = (...names: string[]) =>
  names.map((name, at) => `{"resource":{"attributes":{"service.name":${name}}},"scope":{"name":"s"},"at":${at}}`);

test.each([
  ['equal resources', resources('"a"', '"a"', '"b"', '"b"', '"a"', '"a"', '"a"')],
  [
    'texts with quotes, backslashes and what comes behind a resource',
    resources(...Array<string>(5).fill(String.raw`"\"}},\"scope\":\u00fc\\"`)),
  ],
  ['a scope within a resource', Array<string>(5).fill('{"resource":{"attributes":{},"scope":{"a":1}},"scope":{"name":"s"}}')],
  ['one resource that another begins with', ['{"resource":1,"x":2}', '{"resource":1,"scope":2}', '{"resource":12,"scope":2}', '{}', '{}']],
  ['a second resource', Array<string>(5).fill('{"resource":{"a":{}},"scope":{},"resource":{"b":{}}}')],
  ['texts beyond ASCII', resources('"ü"', '"ü"', '"ü"', '"ü"')],
])('a resource is parsed once: %s', (_, texts) => {
  const relevant = texts.map((text) => text.replace(/\}$/, ',"startTimeUnixNano":1,"gen_ai.system":""}'));
  const parsed = (message: unknown): unknown => {
    try {
      return JSON.parse(message as string);
    } catch {
      return message;
    }
  };
  const arrived = [...messagesOf(packed(payloadOf(relevant)))].map((message) => (isObject(message) ? message : parsed(message)));
  // The first and the last one come at the end.
  const [first, ...others] = relevant.map(parsed);
  expect(arrived).toEqual([...others.slice(0, -1), first, ...others.slice(-1)]);
});

test.each(['"gen_ai.agent.name":"a"', '"hours.used":1'])(
  'a span arrives for what only its resource says, wherever it stands among equal ones: %s',
  (mark) => {
    const text = `{"resource":{"attributes":{${mark}}},"scope":{"name":"s"},"startTimeUnixNano":1}`;
    const arrived = [...messagesOf(packed(payloadOf(Array<string>(6).fill(text))))];
    expect(arrived.map((each) => (isObject(each) ? each : JSON.parse(each as string)) as unknown)).toEqual(Array(6).fill(JSON.parse(text)));
  },
);

test('what a session used arrives, whatever its resource says', () => {
  const text = '{"resource":{"attributes":{"gen_ai.agent.name":"a"}},"scope":{"name":"s"},"metrics":{"agent.runtime.vcpu.hours.used":1}}';
  const arrived = [...messagesOf(packed(payloadOf(Array<string>(6).fill(text))))];
  expect(arrived.map((each) => (isObject(each) ? each : JSON.parse(each as string)) as unknown)).toEqual(Array(6).fill(JSON.parse(text)));
});

test('a span that is damaged behind its resource is still known as one', () => {
  const [whole, damaged] = resources('"a"', '"a"').map((text) => text.replace(/\}$/, ',"startTimeUnixNano":1,"gen_ai.system":""}'));
  const messages = messagesIn(packed(payloadOf(['', whole, damaged!.slice(0, -1), ''])));
  expect(messages.map((message) => describesAgents(String(message)))).toEqual([true, true, false, false]);
});

import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describesAgents } from '../../../engine/agents/metering/relevant';
import { messagesOf } from '../../../lambda/meter-agents/messages';
import { cases } from '../../cases';
import { botocore, BOTOCORE, cloudWatchEvent, requestId } from '../../engine/agents/spans';

const packed = (payload: unknown) => ({ awslogs: { data: gzipSync(JSON.stringify(payload)).toString('base64') } });
const payloadOf = (messages: readonly unknown[]) => ({
  messageType: 'DATA_MESSAGE',
  logEvents: messages.map((message, at) => ({ id: String(at).padStart(56, '0'), timestamp: at, message })),
});

const SPAN = JSON.stringify(cloudWatchEvent({ id: 'a', scope: BOTOCORE, attributes: botocore(requestId(1), 1, 1) }));
const OTHER = JSON.stringify(cloudWatchEvent({ id: 'b', attributes: { 'db.system': 'x' } }));

test('what cannot be a span of an agent is left out before it is parsed, and counted', () => {
  expect(messagesOf(packed(payloadOf([OTHER, OTHER, SPAN, OTHER, SPAN, OTHER])))).toEqual({
    messages: [OTHER, SPAN, SPAN, OTHER],
    leftOut: 2,
  });
});

test('every span of an agent arrives, whatever stands around it', () => {
  const text = fc.oneof(
    fc.constantFrom(SPAN, OTHER, '"},{"id":"', '\\"},{"id":"', '{"id":"1"},{"id":"2"}', JSON.stringify(SPAN), 'ü"},{"id":"', ''),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), (texts) => {
      const { messages, leftOut } = messagesOf(packed(payloadOf(texts)));
      expect(messages.filter((each) => describesAgents(String(each)))).toEqual(texts.filter(describesAgents));
      expect(messages.length + leftOut).toBe(texts.length);
    }),
    { numRuns: cases(100, 5000) },
  );
});

test('events from the dead-letter queue are those that failed', () => {
  const body = JSON.stringify(packed(payloadOf([SPAN])));
  expect(messagesOf({ Records: [{ body }, { body }] })).toEqual({ messages: [SPAN, SPAN], leftOut: 0 });
});

test('a control message has none, and what is no payload is refused', () => {
  expect(messagesOf(packed({ messageType: 'CONTROL_MESSAGE', logEvents: [] })).messages).toEqual([]);
  expect(() => messagesOf(packed({}))).toThrow('the subscription event has no logEvents');
});

import { gzipSync } from 'node:zlib';
import { logEvents } from '../../../lambda/meter-calls/log-events';
import { metadataOnly } from '../../fixtures/invocation-records';
import { subscriptionEvent } from '../../engine/metering/harness';

const packed = (payload: unknown) => ({ awslogs: { data: gzipSync(JSON.stringify(payload)).toString('base64') } });

test('unpacks a subscription event', () => {
  expect(logEvents(subscriptionEvent([metadataOnly]))).toMatchObject([{ message: JSON.stringify(metadataOnly) }]);
});

test('keeps text that is not ASCII, and large batches', () => {
  const text = `ü€😀${'x'.repeat(3_000_000)}`;
  expect(logEvents(packed({ logEvents: [{ message: text }] }))).toEqual([{ message: text }]);
});

test('leaves out the long texts of bodies, unless they are needed, and keeps everything else', () => {
  const [prompt, team] = ['— 長い '.repeat(1000), 'équipe 🙂'];
  const record = { ...metadataOnly, requestMetadata: { team }, input: { inputTokenCount: 1, inputBodyJson: { prompt } } };
  const event = packed({ logEvents: [{ message: JSON.stringify(record) }, { message: 'é' }] });
  for (const longTexts of [false, true]) {
    const [first, second] = logEvents(event, longTexts);
    const read = JSON.parse(first!.message) as typeof record;
    expect([read.requestMetadata, second]).toEqual([{ team }, { message: 'é' }]);
    expect(read.input.inputBodyJson.prompt === prompt).toBe(longTexts);
  }
});

test('a control message has no records', () => {
  expect(logEvents(packed({ messageType: 'CONTROL_MESSAGE', logEvents: [{ message: 'CWL CONTROL MESSAGE' }] }))).toEqual([]);
});

test('unpacks failed batches that come back through the queue', () => {
  const Records = [1, 2].map(() => ({ body: JSON.stringify(subscriptionEvent([metadataOnly])) }));
  expect(logEvents({ Records })).toHaveLength(2);
});

test('fails on what it cannot unpack at all, so that it is kept in the queue', () => {
  expect(() => logEvents({ awslogs: { data: 'bm90IGd6aXA=' } })).toThrow('incorrect header check');
  expect(() => logEvents(packed({}))).toThrow('the subscription event has no logEvents');
  expect(() => logEvents({ Records: [{ body: '{}' }] })).toThrow('the queued message is no subscription event: it has no awslogs.data');
});

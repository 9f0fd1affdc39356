import { S3Client } from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { metadataOnly, numbered } from '../../fixtures/invocation-records';
import { kinesisRecord, subscriptionData } from '../../fixtures/kinesis';
import { messages, subscriptionEvent } from '../../engine/metering/harness';
import { answering, writtenLines } from '../aws-clients';
import { logEvents } from '../../../lambda/meter-calls/log-events';
import { readableRecords, type StreamEvent } from '../../../lambda/meter-calls/stream-records';
import { cases } from '../../cases';

const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
const call = (number: number) => ({ ...numbered(metadataOnly, number), timestamp: now });
const delivered = (...numbers: number[]) => subscriptionData({ messageType: 'DATA_MESSAGE', logEvents: messages(numbers.map(call)) });
const CONTROL = subscriptionData({ messageType: 'CONTROL_MESSAGE', logEvents: [{ message: 'CWL CONTROL MESSAGE' }] });
const BAD = Buffer.from('no gzip').toString('base64');
const batch = (...data: string[]): StreamEvent => ({ Records: data.map((each, at) => kinesisRecord(at, each)) });
const sequenceNumber = (at: number) => kinesisRecord(at, '').kinesis.sequenceNumber;

type Handler = typeof import('../../../lambda/meter-calls/index').handler;

/** What a function of its own answers to events, one after the other, and the request ids that it wrote lines for. */
async function handled(...events: unknown[]): Promise<{ answers: unknown[]; ids: unknown[] }> {
  const before = { ...process.env };
  Object.assign(process.env, { LEDGER: 'perCall' });
  const answers: unknown[] = [];
  let lines: string[] = [];
  try {
    await jest.isolateModulesAsync(async () => {
      jest.doMock('@aws-sdk/client-s3', () => ({ ...jest.requireActual<object>('@aws-sdk/client-s3'), S3Client }));
      const { handler } = jest.requireActual<{ handler: Handler }>('../../../lambda/meter-calls/index');
      lines = await writtenLines(async () => {
        for (const event of events) answers.push(await handler(event as StreamEvent).catch((error: Error) => error.message));
      });
    });
  } finally {
    process.env = before;
  }
  const ledger = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line.ledger === 1);
  return { answers, ids: ledger.map(({ requestId }) => requestId) };
}

const idsOf = (...numbers: number[]) => numbers.map((number) => (call(number) as Record<string, unknown>).requestId);

afterEach(() => jest.restoreAllMocks());

test('meters all log events of all records of a batch, and leaves out control messages and copies', async () => {
  const { answers, ids } = await handled(batch(CONTROL, delivered(1, 2), delivered(2, 3)));
  expect(answers).toEqual([{ batchItemFailures: [] }]);
  expect(ids).toEqual(idsOf(1, 2, 3));
});

test('what comes before a bad record is metered, and what comes after it once Lambda hands it over again', async () => {
  const [first, ...others] = [delivered(1), BAD, delivered(2)] as const;
  const { answers, ids } = await handled(batch(first, ...others), batch(...others), batch(BAD), batch(delivered(2)));
  expect(answers).toEqual([
    { batchItemFailures: [{ itemIdentifier: sequenceNumber(1) }] },
    'incorrect header check',
    'incorrect header check',
    { batchItemFailures: [] },
  ]);
  expect(ids).toEqual(idsOf(1, 2));
});

test('a record with a malformed log event is no bad record: the others of it are metered', async () => {
  const mixed = subscriptionData({ logEvents: [...messages(['not JSON']), ...messages([call(1)])] });
  const { answers, ids } = await handled(batch(mixed));
  expect(answers).toEqual([{ batchItemFailures: [] }]);
  expect(ids).toEqual([undefined, ...idsOf(1)]);
});

const message = (body: unknown) => ({ Records: [{ body: JSON.stringify(body) }] });
const PLACE = { failedRecords: { bucket: 'failed', key: 'aws/lambda/1' } };

test.each([
  ['a text', (event: StreamEvent) => JSON.stringify(event)],
  ['an object', (event: StreamEvent) => event],
])('a batch that failed is metered again from the bucket, its payload %s', async (_, payloadOf) => {
  const text = JSON.stringify({ requestContext: {}, payload: payloadOf(batch(delivered(1))) });
  const asked = answering(S3Client, { GetObjectCommand: () => ({ Body: { transformToString: () => text } }) });
  const { ids } = await handled(message(PLACE), message(subscriptionEvent([call(2)])));
  expect(ids).toEqual(idsOf(1, 2));
  expect(asked).toEqual([['GetObjectCommand', expect.objectContaining({ Bucket: 'failed', Key: 'aws/lambda/1' })]]);
});

test.each([
  ['{}', 'the object about a failed batch has no records of a stream in its payload'],
  [JSON.stringify({ payload: batch(BAD) }), 'incorrect header check'],
])('an object that cannot be metered stays in the queue: %#', async (text, error) => {
  answering(S3Client, { GetObjectCommand: () => ({ Body: { transformToString: () => text } }) });
  expect((await handled(message(PLACE))).answers).toEqual([error]);
});

test('records of a stream are the log events of their subscriptions, however these are packed', () => {
  const event = fc.record({ id: fc.uuid(), timestamp: fc.nat(), message: fc.string({ unit: 'binary' }) });
  const payload = fc.record({ messageType: fc.constantFrom('DATA_MESSAGE', 'CONTROL_MESSAGE'), logEvents: fc.array(event) });
  fc.assert(
    fc.property(fc.array(payload), (payloads) => {
      const { events, unreadable } = readableRecords(batch(...payloads.map(subscriptionData)).Records, false);
      const subscribed = payloads.flatMap((each) => logEvents({ awslogs: { data: subscriptionData(each) } }));
      expect(events).toEqual(subscribed);
      expect(unreadable).toBeUndefined();
    }),
    { numRuns: cases(8, 120) },
  );
});

test('of any mixture of good and bad records each good one is metered once, and each bad one ends alone', () => {
  // What Lambda does with an answer and with an error: it goes on from the record that is named, or tries each half.
  const deliver = (records: StreamEvent['Records'], metered: string[], failed: string[]): void => {
    if (records.length === 0) return;
    const { events, unreadable } = readableRecords(records, false);
    if (unreadable === undefined) {
      metered.push(...events.map(({ message }) => message));
    } else if (unreadable.at > 0) {
      metered.push(...events.map(({ message }) => message));
      deliver(records.slice(unreadable.at), metered, failed);
    } else if (records.length === 1) {
      failed.push(records[0]!.kinesis.data);
    } else {
      const half = Math.ceil(records.length / 2);
      deliver(records.slice(0, half), metered, failed);
      deliver(records.slice(half), metered, failed);
    }
  };
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (good) => {
      const data = good.map((isGood, at) => (isGood ? subscriptionData({ logEvents: [{ message: `${at}` }] }) : BAD));
      const [metered, failed]: [string[], string[]] = [[], []];
      deliver(batch(...data).Records, metered, failed);
      expect(metered).toEqual(good.flatMap((isGood, at) => (isGood ? [`${at}`] : [])));
      expect(failed).toHaveLength(good.filter((isGood) => !isGood).length);
    }),
    { numRuns: cases(15, 150) },
  );
});

import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { readDigestConfig } from '../../../lambda/send-digest/config';
import { answering } from '../aws-clients';

const ENV = {
  LEDGER_LOG_GROUP: 'ledger',
  METER_FUNCTION: 'meter',
  BUCKET: 'digests',
  TIME_ZONE: 'Europe/Berlin',
  TOPICS: 'arn:chat,arn:mail',
};

const handler = async (days: number): Promise<void> => {
  Object.assign(process.env, ENV);
  // Loaded here, because it reads its environment when it is loaded.
  await jest.requireActual<typeof import('../../../lambda/send-digest/index')>('../../../lambda/send-digest/index').handler({ days });
};

const field = (name: string, value: string) => ({ field: name, value });

/** A ledger with one model that cost USD 3 in the period, and USD 2 in the one before. */
function ledger(): ReturnType<typeof answering> {
  const queries: string[] = [];
  return answering(CloudWatchLogsClient, {
    StartQueryCommand: ({ queryString }) => ({ queryId: String(queries.push(String(queryString)) - 1) }),
    GetQueryResultsCommand: ({ queryId }) => ({ status: 'Complete', results: resultsOf(queries[Number(queryId)]!) }),
  });
}

function resultsOf(query: string) {
  if (query.includes('by model, caller')) {
    return [
      [field('model', 'nova'), field('caller', 'role'), field('calls', '4'), field('input', '40'), field('output', '8'), field('usd', '3')],
    ];
  }
  if (query.includes('by modelId')) {
    return ['a', 'b'].map((caller) => [field('modelId', ''), field('caller', caller), field('reason', 'no tokens'), field('calls', '1')]);
  }
  return query.endsWith('as usd') ? [[field('usd', '2')]] : query.includes('by priceRow') ? [[field('priceRow', 'row')]] : [];
}

beforeEach(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 21, 6), doNotFake: ['setTimeout'] });
  answering(CloudWatchClient, {
    GetMetricDataCommand: () => ({ MetricDataResults: [{ Label: 'x', Timestamps: [new Date()], Values: [1e9] }] }),
  });
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test.each([
  [1, 'daily', '2026-11-20', '2026-11-20'],
  [7, 'weekly', '2026-11-14', '2026-11-20'],
])('keeps and sends the digest of %d days before today', async (days, kind, from, to) => {
  ledger();
  const stored = answering(S3Client, { PutObjectCommand: () => ({}) });
  const sent = answering(SNSClient, { PublishCommand: () => ({}) });
  await handler(days);

  const [[, object] = []] = stored;
  expect(object).toMatchObject({ Bucket: 'digests', Key: `${kind}/${from}.json`, ContentType: 'application/json' });
  expect(JSON.parse(object?.Body as string)).toMatchObject({ from, to, usd: '3.00', change: 50, calls: 6, newPriceRows: [] });
  expect(JSON.parse(object?.Body as string)).toMatchObject({ unpriced: [{ model: '(unknown)', reason: 'no tokens', calls: 2 }] });
  expect(sent.map(([, { TopicArn }]) => TopicArn)).toEqual(['arn:chat', 'arn:mail']);
  expect(sent[0]![1]).toMatchObject({
    Subject: `Amazon Bedrock ${kind} digest, ${from}`,
    Message: expect.stringContaining('USD 3.00 (+50 % against the period before)'),
  });
});

test('searches lines that were written until six hours after the day', async () => {
  const asked = ledger();
  answering(S3Client, { PutObjectCommand: () => ({}) });
  answering(SNSClient, { PublishCommand: () => ({}) });
  await handler(1);
  const [, start] = asked.find(([command]) => command === 'StartQueryCommand')!;
  // The day in Berlin begins and ends at 23:00 UTC. The end of a query is inclusive.
  expect(start).toMatchObject({ startTime: Date.UTC(2026, 10, 19, 23) / 1000, endTime: Date.UTC(2026, 10, 21, 5) / 1000 - 1 });
});

test.each(['LEDGER_LOG_GROUP', 'METER_FUNCTION', 'BUCKET'])('fails without %s', (name) => {
  expect(() => readDigestConfig({ ...ENV, [name]: '' })).toThrow(`'${name}' must be set`);
});

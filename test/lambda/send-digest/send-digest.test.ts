import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { readDigestConfig } from '../../../lambda/send-digest/config';
import { answering } from '../aws-clients';

const ENV = {
  LEDGER_LOG_GROUPS: 'ledger',
  METER_LOG_GROUP: 'ledger',
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
  const [end = ''] = /( by [\w, ]+| as lines)( \| sort \w+ desc)?( \| limit \d+)?$/.exec(query) ?? [];
  const sums = [
    field('calls', '4'),
    field('priced', '4'),
    field('counted', '4'),
    field('input', '40'),
    field('output', '8'),
    field('usd', isBefore(query) ? '2' : '3'),
  ];
  const unpriced = [field('calls', '2'), field('priced', '0')];
  const results: Readonly<Record<string, Array<Array<{ field: string; value: string }>>>> = {
    ' as lines | limit 1': [[field('lines', '6')]],
    ' by status | limit 10000': [
      [field('status', 'priced'), ...sums, field('lines', '4')],
      [field('status', 'unpriced'), ...unpriced, field('lines', '2')],
    ],
    ' by pricedModel, modelId, status | sort usd desc | limit 10000': [[field('pricedModel', 'nova'), ...sums]],
    ' by principal, status | sort usd desc | limit 10000': [[field('principal', 'role'), ...sums]],
    ' by profile, status | sort usd desc | limit 10000': [[field('profile', 'a-profile'), ...sums]],
    ' by modelId, reason | sort calls desc | limit 10000': [[field('modelId', ''), field('reason', 'no tokens'), field('calls', '2')]],
    ' by priceRow | limit 10000': [[field('priceRow', 'row')]],
  };
  return results[end] ?? [];
}

/** Of the day or the week before the one that is summed up. */
const isBefore = (query: string): boolean => !query.includes('2026-11-20');

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
  expect(JSON.parse(object?.Body as string)).toMatchObject({
    from,
    to,
    usd: '3.00',
    change: 50,
    calls: 6,
    failedCalls: 0,
    newPriceRows: [],
  });
  expect(JSON.parse(object?.Body as string)).toMatchObject({ profiles: [{ profile: 'a-profile', calls: 4, usd: '3.00' }] });
  expect(JSON.parse(object?.Body as string)).toMatchObject({ unpriced: [{ model: '(unknown)', reason: 'no tokens', calls: 2 }] });
  expect(sent.map(([, { TopicArn }]) => TopicArn)).toEqual(['arn:chat', 'arn:mail']);
  expect(sent[0]![1]).toMatchObject({
    Subject: `Amazon Bedrock ${kind} digest, ${from}`,
    MessageStructure: 'json',
  });
  const { default: mail, https } = JSON.parse(String(sent[0]![1]!.Message)) as Record<string, string>;
  expect(mail).toContain('USD 3.00, 50 % more than the');
  expect(JSON.parse(https!)).toMatchObject({
    version: '1.0',
    source: 'custom',
    content: { description: expect.stringContaining('USD 3.00') },
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

test.each(['METER_LOG_GROUP', 'METER_FUNCTION', 'BUCKET'])('fails without %s', (name) => {
  expect(() => readDigestConfig({ ...ENV, [name]: '' })).toThrow(`'${name}' must be set`);
});

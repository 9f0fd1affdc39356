import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { AwsSources } from '../../../lambda/shared/aws-sources';
import { answering } from '../aws-clients';

const [FROM, TO] = [Date.UTC(2026, 10, 20), Date.UTC(2026, 10, 21)];
const QUERY = { namespace: 'AWS/Bedrock', metricName: 'Invocations', statistic: 'Sum', periodSeconds: 300 };
const times = (...seconds: number[]) => seconds.map((second) => new Date(second * 1000));

afterEach(() => jest.restoreAllMocks());

test('reads a metric over all its pages', async () => {
  const asked = answering(CloudWatchClient, {
    GetMetricDataCommand: ({ NextToken }) =>
      NextToken === 'more'
        ? { MetricDataResults: [{ Label: 'Invocations', Timestamps: times(600), Values: [3] }] }
        : { NextToken: 'more', MetricDataResults: [{ Label: 'Invocations', Timestamps: times(0, 300), Values: [1, 2] }] },
  });
  const points = await new AwsSources().series({ ...QUERY, dimensions: { ModelId: 'a' } }, FROM, TO);
  expect([...points]).toEqual([
    [0, 1],
    [300_000, 2],
    [600_000, 3],
  ]);
  expect(asked[0]![1]).toMatchObject({
    StartTime: new Date(FROM),
    EndTime: new Date(TO),
    MetricDataQueries: [{ MetricStat: { Metric: { Dimensions: [{ Name: 'ModelId', Value: 'a' }] }, Stat: 'Sum', Period: 300 } }],
  });
});

describe('an answer that is not whole is an error, and never no data', () => {
  const result = { Label: 'Invocations', Timestamps: times(0), Values: [1] };

  test.each<[string, Record<string, unknown>, string]>([
    ['an error inside CloudWatch', { MetricDataResults: [{ ...result, StatusCode: 'InternalError' }] }, 'the status InternalError'],
    ['a denied metric', { MetricDataResults: [{ Label: 'Invocations', StatusCode: 'Forbidden' }] }, 'the status Forbidden'],
    ['the last page of a part', { MetricDataResults: [{ ...result, StatusCode: 'PartialData' }] }, 'the status PartialData'],
    [
      'a search that found too many series',
      { MetricDataResults: [{ ...result, StatusCode: 'Complete' }], Messages: [{ Code: 'MaxMetricsExceeded', Value: '500 of 900' }] },
      "GetMetricData answered 'MaxMetricsExceeded': 500 of 900",
    ],
    [
      'a message about one series',
      { MetricDataResults: [{ ...result, StatusCode: 'Complete', Messages: [{ Code: 'ArithmeticError', Value: 'one or more' }] }] },
      "GetMetricData answered 'ArithmeticError': one or more",
    ],
  ])('%s', async (_, answer, message) => {
    answering(CloudWatchClient, { GetMetricDataCommand: () => answer });
    await expect(new AwsSources().series(QUERY, FROM, TO)).rejects.toThrow(message);
    await expect(new AwsSources().seriesBy('ModelId', QUERY, FROM, TO)).rejects.toThrow(message);
  });

  test('a page is partial where more pages follow', async () => {
    answering(CloudWatchClient, {
      GetMetricDataCommand: ({ NextToken }) =>
        NextToken
          ? { MetricDataResults: [{ ...result, Timestamps: times(300), StatusCode: 'Complete' }] }
          : { NextToken: 'more', MetricDataResults: [{ ...result, StatusCode: 'PartialData' }] },
    });
    expect((await new AwsSources().series(QUERY, FROM, TO)).size).toBe(2);
  });
});

test('has no points for a metric without values', async () => {
  answering(CloudWatchClient, { GetMetricDataCommand: () => ({ MetricDataResults: [] }) });
  expect((await new AwsSources().series(QUERY, FROM, TO)).size).toBe(0);
});

test('searches the series with exactly one dimension, so that those of service tiers are not added twice', async () => {
  const asked = answering(CloudWatchClient, {
    GetMetricDataCommand: () => ({
      MetricDataResults: [
        { Label: 'a', Timestamps: times(0), Values: [1] },
        { Label: 'b', Timestamps: times(0), Values: [2] },
      ],
    }),
  });
  const series = await new AwsSources().seriesBy('ModelId', QUERY, FROM, TO);
  expect([...series].map(([model, points]) => [model, points.get(0)])).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  expect(asked[0]![1].MetricDataQueries).toEqual([
    { Id: 'm', Expression: `SEARCH('{"AWS/Bedrock","ModelId"} MetricName="Invocations"', 'Sum', 300)`, Label: "${PROP('Dim.ModelId')}" },
  ]);
});

test('waits for a query, whose end is inclusive', async () => {
  const states = ['Scheduled', 'Running', 'Complete'];
  const results = [
    [
      { field: 'model', value: 'a' },
      { field: 'usd', value: '1.5' },
    ],
  ];
  const asked = answering(CloudWatchLogsClient, {
    StartQueryCommand: () => ({ queryId: 'q' }),
    GetQueryResultsCommand: () => ({ status: states.shift(), results }),
  });
  expect(await new AwsSources().rows('ledger', 'stats count(*)', FROM, TO)).toEqual([{ model: 'a', usd: '1.5' }]);
  expect(asked[0]).toEqual([
    'StartQueryCommand',
    { logGroupName: 'ledger', queryString: 'stats count(*)', startTime: FROM / 1000, endTime: TO / 1000 - 1 },
  ]);
  expect(states).toEqual([]);
});

test('asks all log groups of a query over several', async () => {
  const asked = answering(CloudWatchLogsClient, {
    StartQueryCommand: () => ({ queryId: 'q' }),
    GetQueryResultsCommand: () => ({ status: 'Complete', results: [] }),
  });
  await new AwsSources().rows(['aws/spans', '/aws/bedrock-agentcore/runtimes/a'], 'x', FROM, TO);
  expect(asked[0]![1]).toMatchObject({ logGroupNames: ['aws/spans', '/aws/bedrock-agentcore/runtimes/a'] });
  expect(asked[0]![1]).not.toHaveProperty('logGroupName');
});

test('fails on a query that fails, and names its log group', async () => {
  answering(CloudWatchLogsClient, {
    StartQueryCommand: () => ({ queryId: 'q' }),
    GetQueryResultsCommand: () => ({ status: 'Failed' }),
  });
  await expect(new AwsSources().rows('ledger', 'x', FROM, TO)).rejects.toThrow('a query over ledger ended with Failed');
});

describe('a service that accepts and says nothing', () => {
  const silent = createServer(() => undefined);
  const before = { ...process.env };

  beforeAll(async () => {
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const AWS_ENDPOINT_URL = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    Object.assign(process.env, { AWS_ENDPOINT_URL, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  });

  afterAll(() => {
    process.env = before;
    silent.closeAllConnections();
    silent.close();
  });

  test.each<[string, (sources: AwsSources) => Promise<unknown>, string]>([
    ['a metric', (sources) => sources.series(QUERY, FROM, TO), 'GetMetricData did not answer within 200 ms'],
    ['a search', (sources) => sources.seriesBy('ModelId', QUERY, FROM, TO), 'GetMetricData did not answer within 200 ms'],
    ['a query', (sources) => sources.rows('ledger', 'x', FROM, TO), 'the query over ledger did not answer within 200 ms'],
  ])('fails %s in time, so that other signals are published', async (_, ask, message) => {
    await expect(ask(new AwsSources(200))).rejects.toThrow(message);
  });
});

import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { handler } from '../../../lambda/publish-signals/index';
import type { LoggingChange } from '../../../lambda/publish-signals/logging-change';
import { answering, writtenLines } from '../aws-clients';

afterEach(() => jest.restoreAllMocks());

test('publishes the signals of a schedule', async () => {
  answering(CloudWatchClient, { GetMetricDataCommand: () => ({ MetricDataResults: [] }) });
  const lines = await writtenLines(() => handler({ schedule: 'FiveMinutes' }));
  const [signals, runs] = lines.map((line) => JSON.parse(line) as object);
  expect(signals).toMatchObject({ 'bedrock.signal.cost.today.usd': 0 });
  expect(runs).toMatchObject({ 'bedrock.signal.runs': 1, 'bedrock.schedule': 'FiveMinutes' });
});

test('publishes the signals that did not fail, and fails, so that the failure is seen', async () => {
  answering(CloudWatchClient, {
    GetMetricDataCommand: ({ MetricDataQueries }) => {
      if (JSON.stringify(MetricDataQueries).includes('AWS/Bedrock')) {
        throw new Error('Throttling');
      }
      return { MetricDataResults: [] };
    },
  });
  let failure: unknown;
  const lines = await writtenLines(() => handler({ schedule: 'FiveMinutes' }).catch((error: unknown) => void (failure = error)));
  expect(failure).toEqual(new Error('1 of the signals failed: Throttling'));
  expect(lines.join()).toContain('bedrock.signal.cost.today.usd');
  expect(lines.join()).not.toContain('bedrock.signal.runs');
});

test('publishes a change of the logging configuration', async () => {
  const event = { detail: { eventName: 'PutModelInvocationLoggingConfiguration', userIdentity: { arn: 'arn:x' } } } as LoggingChange;
  const [metrics = '', log] = await writtenLines(() => handler(event));
  expect(JSON.parse(metrics)).toMatchObject({ 'bedrock.signal.logging.changed': 1 });
  expect(log).toContain('PutModelInvocationLoggingConfiguration by arn:x');
});

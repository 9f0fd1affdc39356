import { BedrockClient } from '@aws-sdk/client-bedrock';
import { deliveryLogGroup } from '../../../lambda/publish-signals/delivery';
import { runSchedule } from '../../../lambda/publish-signals/publish';
import { answering } from '../aws-clients';
import { FakeSources } from './fake-sources';
import { config, NOW } from './signal-run';

afterEach(() => jest.restoreAllMocks());

/** What is published of a configuration that delivers to a log group. */
async function published(delivered: string | undefined, invocations?: string) {
  const sources = new FakeSources();
  sources.deliveryLogGroup = () => Promise.resolve(delivered);
  const { lines } = await runSchedule('FiveMinutes', sources, config({ invocations }), NOW);
  const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const metric = 'bedrock.signal.logging.changed';
  return { value: written.find((line) => metric in line)?.[metric], subject: written.find(({ signal }) => signal === metric)?.subject };
}

test('records that go to another log group, or to none, are a change without any event', async () => {
  expect(await published('mine', 'mine')).toEqual({});
  const subject = (to: string) => `records are delivered to ${to}, and the meter reads mine`;
  expect(await published('other', 'mine')).toEqual({ value: 1, subject: subject('other') });
  expect(await published(undefined, 'mine')).toEqual({ value: 1, subject: subject('no log group') });
});

test('nothing is compared where the log group is not known', async () => {
  expect(await published('other')).toEqual({});
});

test.each([
  [{ loggingConfig: { cloudWatchConfig: { logGroupName: 'mine' } } }, 'mine'],
  [{ loggingConfig: { s3Config: { bucketName: 'b' } } }, undefined],
  [{}, undefined],
])('reads %j', async (answer, expected) => {
  answering(BedrockClient, { GetModelInvocationLoggingConfigurationCommand: () => answer });
  expect(await deliveryLogGroup(new BedrockClient({}))).toBe(expected);
});

import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';

const NAMES = Array.from({ length: 120 }, (_, i) => `alarm-${i}`);

/** What the function enables when it learns for a week since some days ago. */
async function enabled(learningFor: number | undefined): Promise<string[][]> {
  jest.resetModules();
  process.env.LEARNING_DAYS = '7';
  const read = jest.spyOn(SSMClient.prototype as unknown as { send: () => Promise<unknown> }, 'send');
  if (learningFor === undefined) {
    read.mockRejectedValue(new ParameterNotFound({ message: '', $metadata: {} }));
  } else {
    read.mockResolvedValue({ Parameter: { LastModifiedDate: new Date(Date.now() - learningFor * 86_400_000) } });
  }
  const enable = jest.spyOn(
    CloudWatchClient.prototype as unknown as { send: (command: { input: { AlarmNames: string[] } }) => Promise<unknown> },
    'send',
  );
  enable.mockResolvedValue({});
  jest.doMock('@aws-sdk/client-ssm', () => ({ ...jest.requireActual<object>('@aws-sdk/client-ssm'), SSMClient, ParameterNotFound }));
  jest.doMock('@aws-sdk/client-cloudwatch', () => ({ ...jest.requireActual<object>('@aws-sdk/client-cloudwatch'), CloudWatchClient }));
  const { handler } = jest.requireActual<typeof import('../../../lambda/activate-alarms/index')>('../../../lambda/activate-alarms/index');
  await handler({ alarmNames: NAMES });
  return enable.mock.calls.map(([command]) => command.input.AlarmNames);
}

afterEach(() => jest.restoreAllMocks());

test('leaves actions off while alarms learn', async () => {
  expect(await enabled(6.9)).toEqual([]);
});

test('turns them on afterwards, no more than a hundred at a time', async () => {
  expect((await enabled(7.1)).map((names) => names.length)).toEqual([100, 20]);
});

test('turns them on at once when the parameter was deleted', async () => {
  expect((await enabled(undefined)).flat()).toEqual(NAMES);
});

import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { readActivationConfig } from '../../../lambda/activate-alarms/config';

const NAMES = Array.from({ length: 120 }, (_, i) => `alarm-${i}`);
const DAY = 86_400_000;

type Send = (command: { input: Record<string, unknown> }) => Promise<unknown>;

/** What the function asks and enables, where alarms are to act after a week and the parameter answers like this. */
async function run(parameter: () => Promise<unknown>): Promise<{ asked: unknown[]; enabled: string[][] }> {
  jest.resetModules();
  process.env.START_PARAMETER = 'start';
  process.env.ACTIVATE_AFTER_DAYS = '7';
  const read = jest.spyOn(SSMClient.prototype as unknown as { send: Send }, 'send').mockImplementation(parameter);
  const enable = jest.spyOn(CloudWatchClient.prototype as unknown as { send: Send }, 'send').mockResolvedValue({});
  jest.doMock('@aws-sdk/client-ssm', () => ({ ...jest.requireActual<object>('@aws-sdk/client-ssm'), SSMClient, ParameterNotFound }));
  jest.doMock('@aws-sdk/client-cloudwatch', () => ({ ...jest.requireActual<object>('@aws-sdk/client-cloudwatch'), CloudWatchClient }));
  const { handler } = jest.requireActual<typeof import('../../../lambda/activate-alarms/index')>('../../../lambda/activate-alarms/index');
  await handler({ alarmNames: NAMES });
  return {
    asked: read.mock.calls.map(([command]) => command.input),
    enabled: enable.mock.calls.map(([command]) => command.input.AlarmNames as string[]),
  };
}

const deployed = (days: number) => () => Promise.resolve({ Parameter: { LastModifiedDate: new Date(Date.now() - days * DAY) } });

afterEach(() => jest.restoreAllMocks());

test('leaves actions off before the days have passed', async () => {
  expect(await run(deployed(6.9))).toEqual({ asked: [{ Name: 'start' }], enabled: [] });
});

test('turns them on afterwards, no more than a hundred at a time', async () => {
  expect((await run(deployed(7.1))).enabled.map((names) => names.length)).toEqual([100, 20]);
});

test('turns them on at once where the parameter was deleted', async () => {
  const { enabled } = await run(() => Promise.reject(new ParameterNotFound({ message: '', $metadata: {} })));
  expect(enabled.flat()).toEqual(NAMES);
});

test('fails where the parameter cannot be read, so that the run is seen to fail', async () => {
  await expect(run(() => Promise.reject(new Error('Access Denied')))).rejects.toThrow('Access Denied');
});

test.each([
  [{ ACTIVATE_AFTER_DAYS: '7' }, "'START_PARAMETER' must be set"],
  [{ START_PARAMETER: 'start' }, "'ACTIVATE_AFTER_DAYS' must be set"],
  [{ START_PARAMETER: 'start', ACTIVATE_AFTER_DAYS: 'soon' }, "'ACTIVATE_AFTER_DAYS' must be a number above 0, got 'soon'"],
])('fails on %j', (env, message) => {
  expect(() => readActivationConfig(env)).toThrow(message);
});

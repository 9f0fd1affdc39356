import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { readActivationConfig } from '../../../lambda/activate-alarms/config';
import { answering } from '../aws-clients';

const NAMES = Array.from({ length: 120 }, (_, i) => `alarm-${i}`);
const DAY = 86_400_000;

/** What the function asks and enables, where alarms are to act after a week and the parameter answers like this. */
async function run(parameter: () => unknown): Promise<{ asked: unknown[]; enabled: string[][] }> {
  Object.assign(process.env, { START_PARAMETER: 'start', ACTIVATE_AFTER_DAYS: '7' });
  const read = answering(SSMClient, { GetParameterCommand: parameter });
  const enable = answering(CloudWatchClient, { EnableAlarmActionsCommand: () => ({}) });
  // Loaded here, because it reads its environment when it is loaded.
  const { handler } = jest.requireActual<typeof import('../../../lambda/activate-alarms/index')>('../../../lambda/activate-alarms/index');
  await handler({ alarmNames: NAMES });
  return { asked: read.map(([, input]) => input), enabled: enable.map(([, { AlarmNames }]) => AlarmNames as string[]) };
}

const failing = (error: Error) => () => {
  throw error;
};

const deployed = (days: number) => () => ({ Parameter: { LastModifiedDate: new Date(Date.now() - days * DAY) } });

afterEach(() => jest.restoreAllMocks());

test('leaves actions off before the days have passed', async () => {
  expect(await run(deployed(6.9))).toEqual({ asked: [{ Name: 'start' }], enabled: [] });
});

test('turns them on afterwards, no more than a hundred at a time', async () => {
  expect((await run(deployed(7.1))).enabled.map((names) => names.length)).toEqual([100, 20]);
});

test('turns them on at once where the parameter was deleted', async () => {
  const { enabled } = await run(failing(new ParameterNotFound({ message: '', $metadata: {} })));
  expect(enabled.flat()).toEqual(NAMES);
});

test('fails where the parameter cannot be read, so that the run is seen to fail', async () => {
  await expect(run(failing(new Error('Access Denied')))).rejects.toThrow('Access Denied');
});

test.each([
  [{ ACTIVATE_AFTER_DAYS: '7' }, "'START_PARAMETER' must be set"],
  [{ START_PARAMETER: 'start' }, "'ACTIVATE_AFTER_DAYS' must be set"],
  [{ START_PARAMETER: 'start', ACTIVATE_AFTER_DAYS: 'soon' }, "'ACTIVATE_AFTER_DAYS' must be a number above 0, got 'soon'"],
])('fails on %j', (env, message) => {
  expect(() => readActivationConfig(env)).toThrow(message);
});

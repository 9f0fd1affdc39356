import type { Clients } from '../../../demo/emulator/clients';
import { Alarms } from '../../../demo/report/alarms';
import type { MetricRead } from '../../../local-cloudwatch/alarm-evaluator';

const arn = (name: string) => `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${name}`;
const above = { ComparisonOperator: 'GreaterThanThreshold', Threshold: 0, Statistic: 'Sum', Period: 60, EvaluationPeriods: 1 };
const described = {
  MetricAlarm: [
    { AlarmName: 'Errors', MetricName: 'errors', ...above, TreatMissingData: 'notBreaching' },
    { AlarmName: 'Maintenance', MetricName: 'maintenance', ...above, TreatMissingData: 'notBreaching' },
  ],
  CompositeAlarm: [
    { AlarmName: 'Incident', AlarmRule: `ALARM("${arn('Errors')}")`, StateValue: 'ALARM', AlarmActions: ['arn:aws:sns:pager'] },
  ],
};

jest.mock('@aws-sdk/client-cloudwatch', () => ({
  ...jest.requireActual<object>('@aws-sdk/client-cloudwatch'),
  // The real paginators insist on real clients.
  paginateDescribeAlarms: function* (_: object, { AlarmTypes: [type] }: { AlarmTypes: (keyof typeof described)[] }) {
    yield { [`${type}s`]: described[type!] };
  },
}));
jest.mock('@aws-sdk/client-cloudwatch-logs', () => ({
  ...jest.requireActual<object>('@aws-sdk/client-cloudwatch-logs'),
  paginateFilterLogEvents: function* () {
    // What the emulator forgets of an alarm.
    yield { events: [{ message: JSON.stringify({ AlarmName: 'Incident', ActionsSuppressor: arn('Maintenance') }) }] };
  },
}));

const AT = new Date('2026-11-21T12:00:00Z');

/** The commands that an outage makes, as short lines. */
async function outage(maintenance: boolean): Promise<string[]> {
  const sent: string[] = [];
  const send = (command: { readonly input: { AlarmName?: string; StateValue?: string; AlarmNames?: string[] } }) => {
    const { AlarmName, StateValue, AlarmNames = [] } = command.input;
    sent.push(
      AlarmName ? `${AlarmName} ${StateValue}` : `${command.constructor.name.replace('AlarmActionsCommand', '')} ${AlarmNames.join(' ')}`,
    );
    return Promise.resolve({});
  };
  let values: Record<string, number> = {};
  const read = ({ metricName, periods }: MetricRead) => Promise.resolve(periods.map(() => values[metricName]));
  const alarms = new Alarms({ cloudWatch: { send } } as unknown as Clients, { read });

  expect(await alarms.prepare()).toEqual(new Set(['arn:aws:sns:pager']));
  await alarms.startFrom(AT);
  values = { errors: 1, maintenance: Number(maintenance) };
  sent.length = 0;
  const reports = await alarms.advanceTo(AT);
  expect(reports.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'Errors ALARM',
    maintenance ? 'Maintenance ALARM' : 'Maintenance OK',
    'Incident ALARM',
  ]);
  return sent;
}

test('alarms change their state with their actions on, and have them off at all other times', async () => {
  expect(await outage(false)).toEqual([
    // Whatever the emulator made of them in the meantime.
    'Errors OK',
    'Maintenance OK',
    'Enable Errors Maintenance Incident',
    'Errors ALARM',
    'Disable Errors Maintenance Incident',
  ]);
});

test('a composite alarm whose suppressor is in ALARM keeps its actions off', async () => {
  expect(await outage(true)).toContain('Enable Errors Maintenance');
});

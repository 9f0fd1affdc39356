import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { apply, type StandInClients } from '../../../../demo/emulator/stand-in/resources';

const sent: { readonly name: string; readonly input: unknown }[] = [];
const client = {
  send: (command: { readonly constructor: { readonly name: string }; readonly input: unknown }) => {
    sent.push({ name: command.constructor.name, input: command.input });
    return Promise.resolve({});
  },
};
const clients = { cloudWatch: client, logs: client } as unknown as StandInClients;

beforeEach(() => {
  sent.length = 0;
});

/** The request that stores the definition of an alarm. */
const stored = (definition: object) => ({
  name: 'PutLogEventsCommand',
  input: {
    logGroupName: '/demo/alarm-definitions',
    logStreamName: 'definitions',
    logEvents: [{ timestamp: expect.any(Number) as number, message: JSON.stringify(definition) }],
  },
});

const event = (OriginalType: string, Original: object, RequestType = 'Create', Attributes = ['Arn']) =>
  ({
    RequestType,
    StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Sample/guid',
    LogicalResourceId: 'Math',
    ResourceProperties: { OriginalType, Original, Attributes },
  }) as unknown as CloudFormationCustomResourceEvent;

test('makes metric-math alarms through the API, with numbers and booleans as they were, and stores them for the demo', async () => {
  const Original = {
    Threshold: '5',
    EvaluationPeriods: '3',
    ActionsEnabled: 'true',
    WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: '60', OnlyStartEvaluatingAfterWarmUpPeriodEnds: 'true' },
    Metrics: [{ Id: 'm1', ReturnData: 'false', MetricStat: { Period: '300' } }],
  };
  const definition = {
    AlarmName: 'Sample-Math',
    Threshold: 5,
    EvaluationPeriods: 3,
    ActionsEnabled: true,
    WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 60, OnlyStartEvaluatingAfterWarmUpPeriodEnds: true },
    Metrics: [{ Id: 'm1', ReturnData: false, MetricStat: { Period: 300 } }],
  };

  expect(await apply(clients, event('AWS::CloudWatch::Alarm', Original))).toEqual({
    PhysicalResourceId: 'Sample-Math',
    Data: { Arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:Sample-Math' },
  });
  const [put, store] = sent;
  expect(put).toEqual({ name: 'PutMetricAlarmCommand', input: definition });
  expect(store).toEqual({ ...stored({}), input: { ...stored({}).input, logEvents: [expect.anything()] } });
  expect(JSON.parse((store!.input as { logEvents: [{ message: string }] }).logEvents[0].message)).toEqual(definition);
});

test('makes and deletes composite alarms under their own name', async () => {
  const Original = { AlarmName: 'critical', AlarmRule: 'ALARM(a)' };
  await apply(clients, event('AWS::CloudWatch::CompositeAlarm', Original));
  await apply(clients, event('AWS::CloudWatch::CompositeAlarm', Original, 'Delete'));

  expect(sent).toEqual([
    { name: 'PutCompositeAlarmCommand', input: Original },
    stored({ ...Original }),
    { name: 'DeleteAlarmsCommand', input: { AlarmNames: ['critical'] } },
  ]);
});

test('accepts all other resources, with a value for each attribute that is read', async () => {
  expect(await apply(clients, event('AWS::Logs::QueryDefinition', {}, 'Create', ['QueryDefinitionId']))).toEqual({
    PhysicalResourceId: 'Sample-Math',
    Data: { QueryDefinitionId: 'Sample-Math' },
  });
  expect(sent).toEqual([]);
});

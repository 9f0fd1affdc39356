import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { apply } from '../../../../demo/emulator/stand-in/resources';

const sent: { readonly name: string; readonly input: unknown }[] = [];
const cloudWatch = {
  send: (command: { readonly constructor: { readonly name: string }; readonly input: unknown }) => {
    sent.push({ name: command.constructor.name, input: command.input });
    return Promise.resolve({});
  },
} as unknown as CloudWatchClient;

const written: string[] = [];

beforeEach(() => {
  sent.length = 0;
  written.length = 0;
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => written.push(line as string) > 0);
});

afterEach(() => jest.restoreAllMocks());

const event = (OriginalType: string, Original: object, RequestType = 'Create', Attributes = ['Arn']) =>
  ({
    RequestType,
    StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Sample/guid',
    LogicalResourceId: 'Math',
    ResourceProperties: { OriginalType, Original, Attributes },
  }) as unknown as CloudFormationCustomResourceEvent;

test('makes metric-math alarms through the API, with numbers and booleans as they were, and logs them for the demo', async () => {
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

  expect(await apply(cloudWatch, event('AWS::CloudWatch::Alarm', Original))).toEqual({
    PhysicalResourceId: 'Sample-Math',
    Data: { Arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:Sample-Math' },
  });
  expect(sent).toEqual([{ name: 'PutMetricAlarmCommand', input: definition }]);
  expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([{ demoAlarm: definition }]);
});

test('makes and deletes composite alarms under their own name', async () => {
  const Original = { AlarmName: 'critical', AlarmRule: 'ALARM(a)' };
  await apply(cloudWatch, event('AWS::CloudWatch::CompositeAlarm', Original));
  await apply(cloudWatch, event('AWS::CloudWatch::CompositeAlarm', Original, 'Delete'));

  expect(sent).toEqual([
    { name: 'PutCompositeAlarmCommand', input: Original },
    { name: 'DeleteAlarmsCommand', input: { AlarmNames: ['critical'] } },
  ]);
  expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([{ demoAlarm: Original }]);
});

test('accepts all other resources, with a value for each attribute that is read', async () => {
  expect(await apply(cloudWatch, event('AWS::Logs::QueryDefinition', {}, 'Create', ['QueryDefinitionId']))).toEqual({
    PhysicalResourceId: 'Sample-Math',
    Data: { QueryDefinitionId: 'Sample-Math' },
  });
  expect(sent).toEqual([]);
});

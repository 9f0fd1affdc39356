import {
  type CloudWatchClient,
  DeleteAlarmsCommand,
  PutCompositeAlarmCommand,
  type PutCompositeAlarmCommandInput,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { storeDefinition } from './definitions';

/** The clients of the stand-in. */
export interface StandInClients {
  readonly cloudWatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
}

export interface Applied {
  readonly PhysicalResourceId: string;
  readonly Data: Record<string, string>;
}

/** Members that CloudFormation sends to a custom resource as strings, and that the API wants as numbers. */
const NUMBERS = new Set([
  'Threshold',
  'EvaluationPeriods',
  'DatapointsToAlarm',
  'Period',
  'ActionsSuppressorWaitPeriod',
  'ActionsSuppressorExtensionPeriod',
  'WarmUpPeriodDurationInMinutes',
]);
/** And those that it wants as booleans. */
const BOOLEANS = new Set(['ActionsEnabled', 'ReturnData', 'OnlyStartEvaluatingAfterWarmUpPeriodEnds']);

/** Creates, updates or deletes one resource. Alarms are made through the API; all others get a name only. */
export async function apply({ cloudWatch, logs }: StandInClients, event: CloudFormationCustomResourceEvent): Promise<Applied> {
  const {
    OriginalType,
    Original,
    Attributes = [],
  } = event.ResourceProperties as unknown as {
    OriginalType: string;
    Original: Record<string, unknown>;
    Attributes?: string[];
  };
  const stack = event.StackId.split('/')[1] ?? '';
  const name = typeof Original.AlarmName === 'string' ? Original.AlarmName : `${stack}-${event.LogicalResourceId}`;
  const arn = `${event.StackId.split(':stack/')[0]?.replace(':cloudformation:', ':cloudwatch:')}:alarm:${name}`;
  const applied = {
    PhysicalResourceId: name,
    Data: Object.fromEntries(Attributes.map((attribute) => [attribute, attribute === 'Arn' ? arn : name])),
  };

  if (!OriginalType.endsWith('Alarm')) {
    return applied;
  }
  if (event.RequestType === 'Delete') {
    await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [name] }));
    return applied;
  }
  const definition = { ...(typed(Original) as Record<string, unknown>), AlarmName: name };
  if (OriginalType === 'AWS::CloudWatch::CompositeAlarm') {
    await cloudWatch.send(new PutCompositeAlarmCommand(definition as unknown as PutCompositeAlarmCommandInput));
  } else {
    await cloudWatch.send(new PutMetricAlarmCommand(definition as unknown as PutMetricAlarmCommandInput));
  }
  await storeDefinition(logs, definition);
  return applied;
}

function typed(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    return value.map((member) => typed(member));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, typed(member, name)]));
  }
  if (NUMBERS.has(key)) {
    return Number(value);
  }
  return BOOLEANS.has(key) ? value === 'true' || value === true : value;
}

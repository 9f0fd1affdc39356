import {
  type CompositeAlarm,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  type MetricAlarm,
  paginateDescribeAlarms,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type AlarmDefinition, type AlarmState, evaluateAlarm } from './alarm-evaluator';
import type { Clients } from './clients';
import type { MetricReader } from './metric-reader';
import { policy } from './policy';
import { STAND_IN_LOG_GROUP } from './stand-in';

export interface AlarmReport {
  readonly name: string;
  readonly state: AlarmState | 'NOT_EVALUATED';
  readonly description: string;
}

/**
 * The deployed alarms. The emulator's own evaluation ignores dimensions and metric math, so their actions stay off until
 * the demo has evaluated them by CloudWatch's rules; then the states are set, and the emulator carries the messages.
 */
export class Alarms {
  private queueUrl = '';

  constructor(private readonly clients: Clients) {}

  /** Switches all actions off, and puts a queue behind the topics of the alarms. */
  async prepare(): Promise<void> {
    const alarms = [...(await this.describe('MetricAlarm')), ...(await this.describe('CompositeAlarm'))];
    const { QueueUrl = '' } = await this.clients.sqs.send(new CreateQueueCommand({ QueueName: 'demo-pager' }));
    this.queueUrl = QueueUrl;
    const { Attributes } = await this.clients.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    const topics = new Set(alarms.flatMap(({ AlarmActions = [] }) => AlarmActions).filter((arn) => arn.includes(':sns:')));
    const Policy = policy({ Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: Attributes?.QueueArn });
    await this.clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    for (const TopicArn of topics) {
      await this.clients.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.QueueArn }));
    }
    await this.clients.cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames: alarms.map(nameOf) }));
  }

  /** Evaluates all alarms at a moment and lets those that fire do so. */
  async evaluate(metrics: MetricReader, at: Date): Promise<AlarmReport[]> {
    const definitions = await this.definitions();
    const reports: AlarmReport[] = [];
    for (const alarm of await this.describe('MetricAlarm')) {
      const definition = definitions.get(nameOf(alarm)) ?? alarm;
      const state = await evaluateAlarm(definition, at, 'INSUFFICIENT_DATA', (read) => metrics.read(read));
      reports.push({ name: nameOf(alarm), state: state ?? 'NOT_EVALUATED', description: alarm.AlarmDescription ?? '' });
    }
    await this.announce(reports);
    const composites = (await this.describe('CompositeAlarm')).map((alarm) => ({
      name: nameOf(alarm),
      state: alarm.StateValue as AlarmState,
      description: alarm.AlarmDescription ?? '',
    }));
    return [...reports, ...composites];
  }

  /** The names of the alarms whose messages came out of the queue behind the topics. */
  async messages(): Promise<string[]> {
    const names: string[] = [];
    for (let WaitTimeSeconds = 2; ; WaitTimeSeconds = 0) {
      const { Messages = [] } = await this.clients.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: this.queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds }),
      );
      if (Messages.length === 0) {
        return names;
      }
      names.push(...Messages.map(({ Body = '{}' }) => alarmNameIn(Body)));
    }
  }

  /** Sets the states. Actions are on only while the firing alarms go from OK to ALARM, and composite alarms with them. */
  private async announce(reports: readonly AlarmReport[]): Promise<void> {
    const firing = reports.filter(({ state }) => state === 'ALARM').map(({ name }) => name);
    for (const { name, state } of reports) {
      await this.set(name, state === 'ALARM' ? 'OK' : state === 'NOT_EVALUATED' ? 'INSUFFICIENT_DATA' : state);
    }
    const AlarmNames = [...firing, ...(await this.describe('CompositeAlarm')).map(nameOf)];
    await this.clients.cloudWatch.send(new EnableAlarmActionsCommand({ AlarmNames }));
    for (const name of firing) {
      await this.set(name, 'ALARM');
    }
    await this.clients.cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames }));
  }

  private async set(AlarmName: string, StateValue: AlarmState): Promise<void> {
    const StateReason = "evaluated by the demo, by CloudWatch's rules";
    await this.clients.cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason }));
  }

  private async describe(type: 'MetricAlarm' | 'CompositeAlarm'): Promise<(MetricAlarm & CompositeAlarm)[]> {
    const found: (MetricAlarm & CompositeAlarm)[] = [];
    for await (const page of paginateDescribeAlarms({ client: this.clients.cloudWatch }, { AlarmTypes: [type] })) {
      found.push(...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? []));
    }
    return found;
  }

  /** Metric-math alarms as CloudFormation resolved them: the emulator keeps the alarm, but not its metrics. */
  private async definitions(): Promise<Map<string, AlarmDefinition>> {
    const found = new Map<string, AlarmDefinition>();
    for await (const { events = [] } of paginateFilterLogEvents({ client: this.clients.logs }, { logGroupName: STAND_IN_LOG_GROUP })) {
      for (const { message = '' } of events.filter((event) => event.message?.startsWith('{"demoAlarm"'))) {
        const { demoAlarm } = JSON.parse(message) as { demoAlarm: AlarmDefinition };
        found.set(demoAlarm.AlarmName ?? '', demoAlarm);
      }
    }
    return found;
  }
}

function nameOf({ AlarmName = '' }: { AlarmName?: string }): string {
  return AlarmName;
}

/** The alarm a notification is about. */
function alarmNameIn(notification: string): string {
  const { Message } = JSON.parse(notification) as { Message: string };
  return (JSON.parse(Message) as { AlarmName: string }).AlarmName;
}

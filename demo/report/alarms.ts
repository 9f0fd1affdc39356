import {
  type CompositeAlarm,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  type MetricAlarm,
  paginateDescribeAlarms,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { type AlarmState, evaluateAlarm, type MetricSource } from '../../local-cloudwatch/alarm-evaluator';
import type { Clients } from '../emulator/clients';
import { DEFINITIONS } from '../emulator/stand-in/definitions';

export interface AlarmReport {
  readonly name: string;
  readonly state: AlarmState | 'NOT_EVALUATED';
  readonly description: string;
}

type Alarm = MetricAlarm & CompositeAlarm & { readonly AlarmName: string };

/**
 * The deployed alarms. The emulator evaluates alarms without dimensions and metric math, so their actions are off while metrics
 * arrive. The demo evaluates them by CloudWatch's rules and sets their states with the actions on; the emulator then sends the
 * messages and moves the composite alarms.
 */
export class Alarms {
  private metricAlarms: readonly Alarm[] = [];
  private composites: readonly Alarm[] = [];
  private states: ReadonlyMap<string, AlarmState> = new Map();

  constructor(
    private readonly clients: Clients,
    private readonly metrics: MetricSource,
  ) {}

  /** Reads the alarms and switches all actions off; returns the topics to which they send. */
  async prepare(): Promise<Set<string>> {
    const definitions = await this.definitions();
    const complete = (alarm: Alarm) => ({ ...alarm, ...definitions.get(alarm.AlarmName) });
    this.metricAlarms = (await this.describe('MetricAlarm')).map(complete);
    this.composites = (await this.describe('CompositeAlarm')).map(complete);
    await this.clients.cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames: this.names() }));
    const actions = [...this.metricAlarms, ...this.composites].flatMap(({ AlarmActions = [] }) => AlarmActions);
    return new Set(actions.filter((arn) => arn.includes(':sns:')));
  }

  /** The name of the topic whose messages announce a maintenance: the alarm that suppresses others counts them. */
  maintenanceTopic(): string {
    const suppressors = this.composites.map(({ ActionsSuppressor = '' }) => nameIn(ActionsSuppressor));
    const { Dimensions = [] } = this.metricAlarms.find(({ AlarmName }) => suppressors.includes(AlarmName)) ?? {};
    return Dimensions.find(({ Name }) => Name === 'TopicName')?.Value ?? '';
  }

  /** Puts all alarms into their states at a moment, without a message. */
  async startFrom(at: Date): Promise<void> {
    this.states = settable(await this.evaluate(at));
    await this.set(this.states);
  }

  /** Moves all alarms to their states at a moment. Those that change send their messages, unless they are suppressed. */
  async advanceTo(at: Date): Promise<AlarmReport[]> {
    const evaluated = await this.evaluate(at);
    const next = settable(evaluated);
    const suppressed = this.composites.filter(({ ActionsSuppressor = '' }) => next.get(nameIn(ActionsSuppressor)) === 'ALARM');
    const suppressedNames = suppressed.map(({ AlarmName }) => AlarmName);

    // The emulator has moved them by its own evaluation since then.
    await this.set(this.states);
    await this.clients.cloudWatch.send(
      new EnableAlarmActionsCommand({ AlarmNames: this.names().filter((name) => !suppressedNames.includes(name)) }),
    );
    await this.set(new Map([...next].filter(([name, state]) => this.states.get(name) !== state)));
    await this.clients.cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames: this.names() }));
    this.states = next;

    const composites = await this.describe('CompositeAlarm');
    return [
      ...this.metricAlarms.map((alarm) => reportOf(alarm, evaluated.get(alarm.AlarmName) ?? 'NOT_EVALUATED')),
      ...composites.map((alarm) => reportOf(alarm, alarm.StateValue ?? 'NOT_EVALUATED')),
    ];
  }

  private async evaluate(at: Date): Promise<Map<string, AlarmState | undefined>> {
    const states = await Promise.all(
      this.metricAlarms.map((alarm) => {
        const before = this.states.get(alarm.AlarmName) ?? 'INSUFFICIENT_DATA';
        return evaluateAlarm(alarm, at, before, this.metrics);
      }),
    );
    return new Map(this.metricAlarms.map(({ AlarmName }, index) => [AlarmName, states[index]]));
  }

  private async set(states: ReadonlyMap<string, AlarmState>): Promise<void> {
    const StateReason = "evaluated by the demo, by CloudWatch's rules";
    for (const [AlarmName, StateValue] of states) {
      await this.clients.cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason }));
    }
  }

  private names(): string[] {
    return [...this.metricAlarms, ...this.composites].map(({ AlarmName }) => AlarmName);
  }

  private async describe(type: 'MetricAlarm' | 'CompositeAlarm'): Promise<Alarm[]> {
    const found: (MetricAlarm | CompositeAlarm)[] = [];
    for await (const page of paginateDescribeAlarms({ client: this.clients.cloudWatch }, { AlarmTypes: [type] })) {
      found.push(...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? []));
    }
    return found as Alarm[];
  }

  /** Alarms as the stand-in stored them: the emulator drops their metrics, warm-up and suppressor. */
  private async definitions(): Promise<Map<string, Partial<Alarm>>> {
    const found = new Map<string, Partial<Alarm>>();
    const { logGroupName } = DEFINITIONS;
    for await (const { events = [] } of paginateFilterLogEvents({ client: this.clients.logs }, { logGroupName })) {
      for (const { message = '{}' } of events) {
        const definition = JSON.parse(message) as Partial<Alarm>;
        found.set(definition.AlarmName ?? '', definition);
      }
    }
    return found;
  }
}

function reportOf({ AlarmName, AlarmDescription = '' }: Alarm, state: AlarmReport['state']): AlarmReport {
  return { name: AlarmName, state, description: AlarmDescription };
}

/** An alarm that the evaluator does not support has INSUFFICIENT_DATA in the emulator. */
function settable(states: ReadonlyMap<string, AlarmState | undefined>): Map<string, AlarmState> {
  return new Map([...states].map(([name, state]) => [name, state ?? 'INSUFFICIENT_DATA']));
}

function nameIn(alarmArn: string): string {
  return alarmArn.split(':alarm:').at(-1) ?? '';
}

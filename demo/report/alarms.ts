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
import { STAND_IN_LOG_GROUP } from '../emulator/stand-in';

export interface AlarmReport {
  readonly name: string;
  readonly state: AlarmState | 'NOT_EVALUATED';
  readonly description: string;
}

type Alarm = MetricAlarm & CompositeAlarm & { readonly AlarmName: string };

/**
 * The deployed alarms. The emulator's own evaluation ignores dimensions and metric math, so their actions stay off until
 * they have been evaluated by CloudWatch's rules; then the states are set, and the emulator carries the messages.
 */
export class Alarms {
  private metricAlarms: readonly Alarm[] = [];
  private composites: readonly Alarm[] = [];
  private states: ReadonlyMap<string, AlarmState> = new Map();

  constructor(
    private readonly clients: Clients,
    private readonly telemetry: MetricSource,
  ) {}

  /** Reads the alarms and switches all actions off; returns the topics that they tell. */
  async prepare(): Promise<Set<string>> {
    const written = await this.definitions();
    const whole = (alarm: Alarm) => ({ ...alarm, ...written.get(alarm.AlarmName) });
    this.metricAlarms = (await this.describe('MetricAlarm')).map(whole);
    this.composites = (await this.describe('CompositeAlarm')).map(whole);
    await this.clients.cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames: this.names() }));
    const actions = [...this.metricAlarms, ...this.composites].flatMap(({ AlarmActions = [] }) => AlarmActions);
    return new Set(actions.filter((arn) => arn.includes(':sns:')));
  }

  /** Puts all alarms into the states of a moment, and nobody is told. */
  async settle(at: Date): Promise<void> {
    this.states = known(await this.evaluate(at));
    await this.set(this.states);
  }

  /** Moves all alarms on to a moment: those that change their state tell whom they are routed to, unless suppressed. */
  async advance(at: Date): Promise<AlarmReport[]> {
    const evaluated = await this.evaluate(at);
    const next = known(evaluated);
    const suppressed = this.composites.filter(({ ActionsSuppressor = '' }) => next.get(nameIn(ActionsSuppressor)) === 'ALARM');
    const silent = suppressed.map(({ AlarmName }) => AlarmName);

    // The emulator has evaluated them as well, by its own rules, whenever metrics came.
    await this.set(this.states);
    await this.clients.cloudWatch.send(
      new EnableAlarmActionsCommand({ AlarmNames: this.names().filter((name) => !silent.includes(name)) }),
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
        return evaluateAlarm(alarm, at, before, this.telemetry);
      }),
    );
    return new Map(this.metricAlarms.map(({ AlarmName }, index) => [AlarmName, states[index]]));
  }

  /** The emulator moves the composite alarms with those that they are made of. */
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

  /** Alarms as CloudFormation resolved them: the emulator keeps the alarm, but not its metrics, warm-up or suppressor. */
  private async definitions(): Promise<Map<string, Partial<Alarm>>> {
    const found = new Map<string, Partial<Alarm>>();
    for await (const { events = [] } of paginateFilterLogEvents({ client: this.clients.logs }, { logGroupName: STAND_IN_LOG_GROUP })) {
      for (const { message = '' } of events.filter((event) => event.message?.startsWith('{"demoAlarm"'))) {
        const { demoAlarm } = JSON.parse(message) as { demoAlarm: Partial<Alarm> };
        found.set(demoAlarm.AlarmName ?? '', demoAlarm);
      }
    }
    return found;
  }
}

function reportOf({ AlarmName, AlarmDescription = '' }: Alarm, state: AlarmReport['state']): AlarmReport {
  return { name: AlarmName, state, description: AlarmDescription };
}

/** What is beyond the evaluator has no data, as far as the emulator is told. */
function known(states: ReadonlyMap<string, AlarmState | undefined>): Map<string, AlarmState> {
  return new Map([...states].map(([name, state]) => [name, state ?? 'INSUFFICIENT_DATA']));
}

function nameIn(alarmArn: string): string {
  return alarmArn.split(':alarm:').at(-1) ?? '';
}

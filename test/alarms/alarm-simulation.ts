import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type AlarmDefinition, type AlarmState, evaluateAlarm } from '../../local-cloudwatch/alarm-evaluator';
import { evaluateComposite } from '../../local-cloudwatch/composite-alarm';
import { alarmSet } from '../lib/alarm-set';
import type { SimulatedAccount } from './simulated-account';
import { DAY_MINUTES, timeOf } from './simulated-time';

/** An action of an alarm reached the topic of some people. */
export interface Notification {
  readonly minute: number;
  readonly alarm: string;
  readonly to: 'critical' | 'warning' | 'finOps';
  readonly state: AlarmState;
}

/** An alarm went from one state to another. */
export interface Transition {
  readonly minute: number;
  readonly alarm: string;
  readonly state: AlarmState;
}

interface Resource extends AlarmDefinition {
  readonly AlarmRule?: string;
  readonly ActionsSuppressor?: string;
  readonly AlarmActions?: readonly string[];
  readonly OKActions?: readonly string[];
}

/** Minutes between two evaluations. */
const STEP = 5;

/** Minutes between two runs of each schedule. */
const SCHEDULES = { FiveMinutes: 5, Quarter: 15, Hour: 60, HalfDay: 720 } as const;

/** Evaluates the default alarms, as they are synthesized, every five minutes, and runs their actions. */
export class AlarmSimulation {
  public readonly notifications: Notification[] = [];
  public readonly transitions: Transition[] = [];

  private readonly states = new Map<string, AlarmState>();

  constructor(
    private readonly account: SimulatedAccount,
    private readonly alarms = synthesizedAlarms(),
  ) {}

  public state(alarm: string): AlarmState {
    return this.states.get(alarm) ?? 'INSUFFICIENT_DATA';
  }

  /** Evaluates the alarms from a minute to another. Signals that read single calls take most of the time: they are an option. */
  public async watch(from: number, to: number, { ledger = false, signalsEvery = STEP, hourly = true } = {}): Promise<void> {
    const simulated = { FiveMinutes: signalsEvery, Quarter: undefined, Hour: hourly ? 60 : undefined, HalfDay: ledger ? 720 : undefined };
    for (let minute = from - 2 * DAY_MINUTES; minute < from; minute += STEP) {
      dueAt(minute).forEach((schedule) => this.account.beat(schedule, minute));
    }
    for (let minute = from; minute <= to; minute += STEP) {
      this.account.now = minute;
      for (const schedule of dueAt(minute)) {
        const every = simulated[schedule];
        await (every !== undefined && minute % every === 0 ? this.account.publish(schedule, ledger) : this.account.beat(schedule, minute));
      }
      await this.evaluate(minute);
    }
  }

  private async evaluate(minute: number): Promise<void> {
    const at = new Date(timeOf(minute));
    for (const [name, alarm] of this.alarms) {
      const before = this.state(name);
      const state = alarm.AlarmRule
        ? evaluateComposite(alarm, (child) => this.state(child))
        : await evaluateAlarm(alarm, at, before, this.account.metrics);
      if (state === undefined) {
        throw new Error(`'${name}' cannot be evaluated`);
      }
      this.states.set(name, state);
      if (state !== before) {
        this.transitions.push({ minute, alarm: name, state });
        this.notify(name, alarm, state, before, minute);
      }
    }
  }

  private notify(name: string, alarm: Resource, state: AlarmState, before: AlarmState, minute: number): void {
    const suppressed = alarm.ActionsSuppressor !== undefined && this.state(alarm.ActionsSuppressor) === 'ALARM';
    // CloudWatch also runs the actions of an alarm that begins in OK, once, when it is created. They are left out.
    const actions = state === 'ALARM' ? alarm.AlarmActions : state === 'OK' && before === 'ALARM' ? alarm.OKActions : [];
    if (!suppressed) {
      actions?.forEach((to) => this.notifications.push({ minute, alarm: name, to: to as Notification['to'], state }));
    }
  }
}

const dueAt = (minute: number) =>
  (Object.keys(SCHEDULES) as Array<keyof typeof SCHEDULES>).filter((schedule) => minute % SCHEDULES[schedule] === 0);

let alarmsByRule: ReadonlyMap<string, Resource> | undefined;

/** The alarms of the template by the names of their rules, metric alarms first. */
export function synthesizedAlarms(): ReadonlyMap<string, Resource> {
  if (alarmsByRule) {
    return alarmsByRule;
  }
  return (alarmsByRule = alarmsOf(alarmSet().stack));
}

export function alarmsOf(stack: Stack): ReadonlyMap<string, Resource> {
  const template = Template.fromStack(stack);
  const found = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].flatMap((type) =>
    Object.entries(template.findResources(type)),
  );
  const named = found.map(([id, { Properties }]) => [nameOf(id), resolve(Properties) as Resource] as const);
  // The rule of the warning composite names the critical one, so that one is evaluated before.
  return new Map(named.sort(([a], [b]) => Number(a === 'WarningIncident') - Number(b === 'WarningIncident')));
}

const nameOf = (logicalId: string): string => logicalId.replace(/^.*Alarms/, '').replace(/[0-9A-F]{8}$/, '');

/** Replaces references: those to an alarm by the name of its rule, those to a topic by its audience, all others by `*`. */
function resolve(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(resolve);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const {
    Ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
  } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string]; 'Fn::Join'?: [string, unknown[]] };
  const id = Ref ?? attribute?.[0];
  if (id !== undefined) {
    const topic = /^(critical|warning|finOps)/.exec(id)?.[1];
    return topic ?? (/Alarms(?!.*Function)[A-Z]/.test(id) ? nameOf(id) : '*');
  }
  if (join) {
    return join[1].map(resolve).join(join[0]);
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolve(member)]));
}

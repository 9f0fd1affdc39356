import { Duration } from 'aws-cdk-lib';
import { AlarmActivation, BillReconciliation, LedgerTable, MemberWatch, TieredAlarms, UnrecordedUsage, UsageDigest } from '../../lib';
import { readSignalsConfig } from '../../lambda/publish-signals/config';
import { runSchedule } from '../../lambda/publish-signals/publish';
import { SCHEDULES } from '../../lambda/publish-signals/schedules';
import { ledgerFacts } from '../../lambda/send-digest/ledger-facts';
import type { SignalSources } from '../../lambda/publish-signals/signal';
import { type AlarmState, evaluateAlarm } from '../../local-cloudwatch/alarm-evaluator';
import { alarmSet } from '../lib/alarm-set';
import { alarmsOf } from './alarm-simulation';
import { KILLED_SOURCES, type KilledSource } from './killed-sources';
import { SimulatedAccount } from './simulated-account';
import { DAY_MINUTES, timeOf } from './simulated-time';

const { stack, rules, costMeter } = alarmSet(true);
new UsageDigest(stack, 'Digest', { costMeter });
new UnrecordedUsage(stack, 'Unrecorded');
new BillReconciliation(stack, 'Bill', { costMeter });
new MemberWatch(stack, 'Members', { costMeter, regions: ['us-east-1'] });
new LedgerTable(stack, 'LedgerTable');
new TieredAlarms(stack, 'LateAlarms', { rules: rules.slice(0, 1), activation: AlarmActivation.after(Duration.days(7)) });
const alarms = alarmsOf(stack);

/** The source is alive up to here, for longer than its alarm looks back. */
const killedAt = ({ every }: KilledSource): number => (every < 720 ? 1 : 4) * DAY_MINUTES;

/** The minutes from the death of a source until its alarm is on. */
async function minutesUntilAlarm(source: KilledSource): Promise<number | undefined> {
  const { alarm, within, every, run, failed } = source;
  const killed = killedAt(source);
  const account = SimulatedAccount.create();
  let state: AlarmState = 'INSUFFICIENT_DATA';
  for (let minute = 0; minute <= killed + within; minute += 5) {
    if (minute % every === 0) {
      await (minute < killed ? run(account, minute) : failed?.(account, minute));
    }
    if (minute >= killed - 60) {
      account.now = minute;
      state = (await evaluateAlarm(alarms.get(alarm)!, new Date(timeOf(minute)), state, account.metrics))!;
      if (state === 'ALARM') {
        return minute - killed;
      }
    }
  }
  return undefined;
}

test.each(KILLED_SOURCES)('$alarm fires when this is killed, and not before: $source', async (source) => {
  const minutes = await minutesUntilAlarm(source);
  expect(minutes).toBeGreaterThan(0);
  expect(minutes).toBeLessThanOrEqual(source.within);
});

test.each(KILLED_SOURCES)('$alarm is silent while this lives: $source', async (source) => {
  expect(await minutesUntilAlarm({ ...source, failed: source.run })).toBeUndefined();
});

/** Sources that answer nothing, and fail at the question of a number. They keep what was asked. */
function sourcesFailingAt(index: number): SignalSources & { readonly asked: string[] } {
  const asked: string[] = [];
  const answer = <T>(question: string, value: T): Promise<T> => {
    asked.push(question);
    return asked.length - 1 === index ? Promise.reject(new Error('killed')) : Promise.resolve(value);
  };
  // Enough of everything that no signal ends early: a point for each hour.
  const points = (from: number, to: number, value: number) =>
    new Map(Array.from({ length: Math.ceil((to - from) / 3_600_000) }, (_, hour) => [from + hour * 3_600_000, value]));
  return {
    asked,
    series: ({ metricName }, from, to) => answer(metricName, points(from, to, 1000)),
    seriesBy: (dimension, { metricName }, from, to) => answer(`${metricName} by ${dimension}`, new Map([['m', points(from, to, 1000)]])),
    rows: (_, query) => answer(query, []),
    deliveryLogGroup: () => answer('delivery', 'invocations'),
  };
}

test.each(Object.keys(SCHEDULES))('a run of %s in which any one question fails does not count as one', async (schedule) => {
  const budgets = [{ name: 'Team', period: 'day', dimension: 'aws.principal', value: 'role' } as const];
  const config = { ...readSignalsConfig({}), ledgerLogGroups: ['ledger'], spans: ['spans'], invocations: 'invocations', budgets };
  const linesOf = async (sources: SignalSources) => (await runSchedule(schedule, sources, config, Date.UTC(2026, 10, 21))).lines.join();

  const alive = sourcesFailingAt(-1);
  expect(await linesOf(alive)).toContain('bedrock.signal.runs');
  expect(alive.asked.length).toBeGreaterThan(2);
  for (const index of alive.asked.keys()) {
    expect(await linesOf(sourcesFailingAt(index))).not.toContain('bedrock.signal.runs');
  }
});

test('a digest of which any one question fails is not made', async () => {
  const config = { ledgerLogGroups: ['ledger'], meterLogGroup: 'ledger', meterFunction: 'meter' };
  const period = { from: Date.UTC(2026, 10, 20), until: Date.UTC(2026, 10, 21), timeZone: 'UTC' };
  const alive = sourcesFailingAt(-1);
  await ledgerFacts(alive, config, period);
  expect(alive.asked.length).toBeGreaterThan(10);
  for (const index of alive.asked.keys()) {
    await expect(ledgerFacts(sourcesFailingAt(index), config, period)).rejects.toThrow('killed');
  }
});

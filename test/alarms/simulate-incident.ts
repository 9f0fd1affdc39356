import { Signals } from '../../engine/telemetry/names';
import { Quotas } from '../../lambda/measure-quota/quotas';
import { SeededRandom } from '../../local-cloudwatch/seeded-random';
import { AlarmSimulation } from './alarm-simulation';
import { beginningOf, dayOf, type Incident } from './incident';
import { SONNET } from './incidents';
import { RECORD_DELAY, SimulatedAccount } from './simulated-account';
import { ordinaryCalls } from './traffic';

/** Minutes before an incident in which nobody may be notified. */
const BEFORE = 60;
const RECOVERY = 150;
const SEED = 7;

const QUOTAS = new Quotas(
  [{ name: 'Cross-Region InvokeModel tokens per minute for Anthropic Claude Sonnet 4.6 V1', value: 200_000 }],
  [{ modelId: 'anthropic.claude-sonnet-4-6', modelName: 'Claude Sonnet 4.6', providerName: 'Anthropic' }],
);

const accountsByDay = new Map<number, SimulatedAccount>();

/** Two ordinary weeks up to a day, which are the same for all incidents of that day. */
function ordinaryWeeks(until: number): SimulatedAccount {
  let account = accountsByDay.get(until);
  if (!account) {
    accountsByDay.set(until, (account = SimulatedAccount.create()));
    for (const call of ordinaryCalls(0, until, SEED)) {
      account.add(call);
    }
  }
  return account;
}

/** Lets an incident happen while the alarms are evaluated, from an hour before it until its alarm should be OK again. */
export async function simulateIncident(incident: Incident, maintenance = false): Promise<AlarmSimulation> {
  const day = dayOf(incident);
  const start = beginningOf(incident);
  const end = start + incident.lasts;
  const last = end + (incident.recovers ?? RECOVERY);
  const isDuring = (minute: number) => minute >= start && minute < end;
  const account = ordinaryWeeks(day).fork((minute) => (isDuring(minute) ? (incident.recordDelay ?? RECORD_DELAY) : RECORD_DELAY));

  if (incident.deliversTo !== undefined) {
    account.deliversTo = (minute) => (isDuring(minute) ? incident.deliversTo : 'invocations');
  }
  const random = new SeededRandom(SEED);
  for (const call of ordinaryCalls(day, last, SEED + 1)) {
    const calls = isDuring(call.minute) && incident.calls ? incident.calls(call, random) : [call];
    calls.forEach((changed) => account.add(changed, !(incident.unmetered && isDuring(call.minute))));
  }
  for (let minute = start; minute < end; minute++) {
    incident.minute?.(account, minute);
  }
  for (let minute = start - BEFORE; minute < last; minute += 15) {
    const tokens = isDuring(minute) ? (incident.quotaTokens ?? 0) : 0;
    account.putSignal(Signals.QUOTA_USAGE, minute, QUOTAS.useOf(SONNET, tokens).percent!);
  }
  if (maintenance) {
    // The simulation names a resource by the id of its construct.
    account.put(
      { namespace: 'AWS/SNS', metricName: 'NumberOfMessagesPublished', dimensions: { TopicName: 'MaintenanceTopic' } },
      start - 5,
      1,
    );
  }
  const simulation = new AlarmSimulation(account);
  await simulation.watch(start - BEFORE, last, { ledger: incident.ledger });
  return simulation;
}

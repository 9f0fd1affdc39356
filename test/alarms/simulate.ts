import { Quotas } from '../../lambda/measure-quota/quotas';
import { Signals } from '../../engine/telemetry/names';
import { AlarmSimulation } from './alarm-simulation';
import { beginning, dayOf, type Incident, SONNET } from './incidents';
import { ordinaryCalls, random } from './traffic';
import { SimulatedAccount } from './simulated-account';

/** Time before an incident in which nothing may be told, in minutes. */
const BEFORE = 60;
const SEED = 7;

const QUOTAS = new Quotas(
  [{ name: 'Cross-Region InvokeModel tokens per minute for Anthropic Claude Sonnet 4.6 V1', value: 200_000 }],
  [{ modelId: 'anthropic.claude-sonnet-4-6', modelName: 'Claude Sonnet 4.6', providerName: 'Anthropic' }],
);

const past = new Map<number, SimulatedAccount>();

/** Two ordinary weeks up to a day; they are the same for all incidents of that day. */
function ordinaryWeeks(until: number): SimulatedAccount {
  let account = past.get(until);
  if (!account) {
    past.set(until, (account = SimulatedAccount.from(undefined)));
    for (const call of ordinaryCalls(0, until, SEED)) {
      account.add(call);
    }
  }
  return account;
}

/** Lets an incident happen, and the alarms watch from an hour before it until it should be over. */
export async function simulate(incident: Incident, announced = false): Promise<AlarmSimulation> {
  const after = incident.recovers ?? 150;
  const start = beginning(incident);
  const end = start + incident.lasts;
  const during = (minute: number) => minute >= start && minute < end;
  const account = SimulatedAccount.from(ordinaryWeeks(dayOf(incident)), (minute) => (during(minute) ? (incident.logDelay ?? 2) : 2));
  const next = random(SEED);
  for (const call of ordinaryCalls(dayOf(incident), end + after, SEED + 1)) {
    const calls = during(call.minute) && incident.calls ? incident.calls(call, next) : [call];
    calls.forEach((changed) => account.add(changed, !(incident.unmetered && during(call.minute))));
  }
  for (let minute = start; minute < end; minute++) {
    incident.minute?.(account, minute);
  }
  for (let minute = start - BEFORE; minute < end + after; minute += 15) {
    account.signal(Signals.QUOTA_USAGE, minute, QUOTAS.headroom(SONNET, during(minute) ? (incident.quotaTokens ?? 0) : 0).percent!);
  }
  if (announced) {
    account.signal(Signals.MAINTENANCE, start, 1);
  }
  const simulation = new AlarmSimulation(account);
  await simulation.watch(start - BEFORE, end + after, { ledger: incident.ledger });
  return simulation;
}

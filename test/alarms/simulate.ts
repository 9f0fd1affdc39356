import { Quotas } from '../../lambda/measure-quota/quotas';
import { Signals } from '../../engine/telemetry/names';
import { Duty } from './alarm-simulation';
import { beginning, dayOf, type Incident, SONNET } from './incidents';
import { ordinaryCalls, random } from './traffic';
import { World } from './simulated-account';

/** Time before an incident in which nothing may be told, in minutes. */
const BEFORE = 60;
const SEED = 7;

const QUOTAS = new Quotas(
  [{ name: 'Cross-Region InvokeModel tokens per minute for Anthropic Claude Sonnet 4.6 V1', value: 200_000 }],
  [{ modelId: 'anthropic.claude-sonnet-4-6', modelName: 'Claude Sonnet 4.6', providerName: 'Anthropic' }],
);

const past = new Map<number, World>();

/** Two ordinary weeks up to a day; they are the same for all incidents of that day. */
function ordinaryWeeks(until: number): World {
  let world = past.get(until);
  if (!world) {
    past.set(until, (world = World.from(undefined)));
    for (const call of ordinaryCalls(0, until, SEED)) {
      world.add(call);
    }
  }
  return world;
}

/** Lets an incident happen, and the alarms watch from an hour before it until it should be over. */
export async function simulate(incident: Incident, announced = false): Promise<Duty> {
  const after = incident.recovers ?? 150;
  const start = beginning(incident);
  const end = start + incident.lasts;
  const during = (minute: number) => minute >= start && minute < end;
  const world = World.from(ordinaryWeeks(dayOf(incident)), (minute) => (during(minute) ? (incident.logDelay ?? 2) : 2));
  const next = random(SEED);
  for (const call of ordinaryCalls(dayOf(incident), end + after, SEED + 1)) {
    const calls = during(call.minute) && incident.calls ? incident.calls(call, next) : [call];
    calls.forEach((changed) => world.add(changed, !(incident.unmetered && during(call.minute))));
  }
  for (let minute = start; minute < end; minute++) {
    incident.minute?.(world, minute);
  }
  for (let minute = start - BEFORE; minute < end + after; minute += 15) {
    world.signal(Signals.QUOTA_USAGE, minute, QUOTAS.headroom(SONNET, during(minute) ? (incident.quotaTokens ?? 0) : 0).percent!);
  }
  if (announced) {
    world.signal(Signals.MAINTENANCE, start, 1);
  }
  const duty = new Duty(world);
  await duty.watch(start - BEFORE, end + after, { ledger: incident.ledger });
  return duty;
}

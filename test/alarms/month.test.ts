import { AlarmTier } from '../../lib';
import { cases } from '../cases';
import { alarmSet } from '../lib/alarm-set';
import { AlarmSimulation, synthesizedAlarms } from './alarm-simulation';
import { SimulatedAccount } from './simulated-account';
import { DAY_MINUTES } from './simulated-time';
import { ordinaryCalls, ordinaryRate } from './traffic';

const SEED = 42;
const { days, burstDay } = cases({ days: 11, burstDay: 9 }, { days: 28, burstDay: 23 });
/** On a Wednesday morning, for twenty minutes, there are four times as many calls. */
const BURST = burstDay * DAY_MINUTES + 600;

test('ordinary weeks with nights, weekends and one burst page nobody', async () => {
  const account = SimulatedAccount.create();
  const rate = (minute: number) => ordinaryRate(minute) * (minute >= BURST && minute < BURST + 20 ? 4 : 1);
  for (const call of ordinaryCalls(0, days * DAY_MINUTES, SEED, rate)) {
    account.add(call);
  }
  const critical = alarmSet().rules.filter(({ tier }) => tier === AlarmTier.CRITICAL);
  const names = new Set([...critical.map(({ name }) => name), 'CriticalIncident', 'Maintenance']);
  const simulation = new AlarmSimulation(account, new Map([...synthesizedAlarms()].filter(([name]) => names.has(name))));
  await simulation.watch(60, days * DAY_MINUTES, { signalsEvery: 30, hourly: false });

  expect(simulation.transitions.filter(({ state }) => state === 'ALARM')).toEqual([]);
  // Every alarm was evaluated: it has data, and went to OK once.
  expect(simulation.transitions.map(({ alarm, state }) => `${alarm} ${state}`).sort()).toEqual(
    [...names].map((name) => `${name} OK`).sort(),
  );
}, 120_000);

import { AlarmTier } from '../../lib';
import { alarmSet } from '../lib/alarm-set';
import { AlarmSimulation, synthesized } from './alarm-simulation';
import { DAY_MINUTES } from './metric-store';
import { ordinaryCalls, ordinaryRate } from './traffic';
import { SimulatedAccount } from './simulated-account';

const SEED = 42;
const DAYS = 28;
/** On a Wednesday morning of the fourth week four times the traffic comes for twenty minutes. */
const BURST = 23 * DAY_MINUTES + 600;

test('four ordinary weeks with nights, weekends and one burst wake nobody', async () => {
  const account = SimulatedAccount.from(undefined);
  const rate = (minute: number) => ordinaryRate(minute) * (minute >= BURST && minute < BURST + 20 ? 4 : 1);
  for (const call of ordinaryCalls(0, DAYS * DAY_MINUTES, SEED, rate)) {
    account.add(call);
  }
  const critical = alarmSet().rules.filter((rule) => rule.props.tier === AlarmTier.CRITICAL);
  const names = new Set([...critical.map((rule) => rule.props.name), 'CriticalIncident', 'Maintenance']);
  const simulation = new AlarmSimulation(account, new Map([...synthesized()].filter(([name]) => names.has(name))));
  await simulation.watch(60, DAYS * DAY_MINUTES, { signalsEvery: 30, hourly: false });

  expect(simulation.transitions.filter(({ state }) => state === 'ALARM')).toEqual([]);
  // It was judged, not merely left out: the baseline was there, and every alarm has a state.
  expect(simulation.transitions.map(({ alarm, state }) => `${alarm} ${state}`).sort()).toEqual(
    [...names].map((name) => `${name} OK`).sort(),
  );
}, 120_000);

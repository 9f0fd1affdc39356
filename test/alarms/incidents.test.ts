import { readFileSync, writeFileSync } from 'node:fs';
import { AlarmTier } from '../../lib';
import { cases } from '../cases';
import { alarmSet } from '../lib/alarm-set';
import { HARMLESS_EVENTS } from './harmless-events';
import { beginningOf, type Incident } from './incident';
import { INCIDENTS } from './incidents';
import { KILLED_SOURCES } from './killed-sources';
import { simulateIncident } from './simulate-incident';

const PAGE = 'docs/incidents.md';
const tiers = new Map(alarmSet().rules.map(({ name, tier }) => [name, tier]));
const tierOf = ({ alarm = '' }: Incident) => tiers.get(alarm);
const pagesOf = (incident: Incident) => (tierOf(incident) === AlarmTier.CRITICAL ? 1 : 0);

/** Their alarms take days. The signals behind them have tests of their own. */
const SLOW = ['TokensWeekOverWeek', 'LatencyDegrading'];

/** One incident of each kind: errors, money, late records, single calls, and what AWS publishes. */
const QUICK = ['ErrorRate', 'DailyCost', 'LogDeliveryFailing', 'LargeCall', 'MeterErrors'].map(byAlarm);
const simulated = process.env.UPDATE_DOCS ? INCIDENTS : cases(QUICK, INCIDENTS);
const harmless = cases(HARMLESS_EVENTS.slice(0, 2), HARMLESS_EVENTS);

/** Minutes from the beginning of an incident until its alarm was on. */
const measured = new Map<Incident, number>();

test('every rule has an incident', () => {
  const covered = [...SLOW, ...[...INCIDENTS, ...KILLED_SOURCES].map(({ alarm }) => alarm)];
  expect([...tiers.keys()].filter((name) => !covered.includes(name))).toEqual([]);
});

test.each(simulated)('$alarm notifies of it, pages at most once and recovers: $name', async (incident) => {
  const start = beginningOf(incident);
  const simulation = await simulateIncident(incident);
  const alarms = simulation.transitions.filter(({ state }) => state === 'ALARM');
  const first = alarms.find(({ alarm }) => alarm === incident.alarm);
  const pages = simulation.notifications.filter(({ to, state }) => to === 'critical' && state === 'ALARM');

  expect(alarms.filter(({ minute }) => minute < start)).toEqual([]);
  expect((first?.minute ?? Infinity) - start).toBeLessThanOrEqual(incident.within!);
  // By its own alarm, or by that of another symptom of the same incident.
  expect(simulation.notifications.some(({ minute, state }) => state === 'ALARM' && minute <= first!.minute)).toBe(true);
  expect(pages).toHaveLength(pagesOf(incident));
  expect(simulation.state(incident.alarm!)).toBe(incident.staysOn ? 'ALARM' : 'OK');
  measured.set(incident, first!.minute - start);
});

test.each(harmless)('nobody is notified of $name', async (event) => {
  expect((await simulateIncident(event)).notifications).toEqual([]);
});

test('people are notified of the end of a critical alarm, and not of that of a warning', async () => {
  const states = async (alarm: string) => (await simulateIncident(byAlarm(alarm))).notifications.map(({ state }) => state);
  expect(await states('ErrorRate')).toEqual(['ALARM', 'OK']);
  expect(await states('QuotaUsage')).toEqual(['ALARM']);
});

test('during a maintenance an outage pages nobody, and money still does', async () => {
  const { notifications, transitions } = await simulateIncident(byAlarm('ErrorRate'), true);
  expect(notifications).toEqual([]);
  expect(transitions.map(({ alarm }) => alarm)).toEqual(expect.arrayContaining(['ErrorRate', 'CriticalIncident', 'Maintenance']));

  const money = await simulateIncident(byAlarm('DailyCost'), true);
  expect(money.notifications.filter(({ to }) => to === 'critical')).toHaveLength(2);
});

test('the page of incidents is what the simulation measures; UPDATE_DOCS=1 writes it', () => {
  const rowOf = (incident: Incident, minutes: number | string) =>
    `| ${incident.name} | ${incident.alarm} | ${tierOf(incident)} | ${incident.within} | ${minutes} | ${pagesOf(incident)} |`;
  const page = readFileSync(PAGE, 'utf8');
  // Where only some incidents are simulated, the measured minutes of the others are taken from the page.
  const minutesOnPage = ({ name }: Incident) =>
    page
      .split('\n')
      .find((line) => line.startsWith(`| ${name} |`))
      ?.split('|')
      .at(-3)
      ?.trim() ?? '';
  const made = pageWith(INCIDENTS.map((incident) => rowOf(incident, measured.get(incident) ?? minutesOnPage(incident))));
  if (process.env.UPDATE_DOCS) {
    writeFileSync(PAGE, made);
  }
  expect(readFileSync(PAGE, 'utf8')).toBe(made);
});

function byAlarm(alarm: string): Incident {
  return INCIDENTS.find((incident) => incident.alarm === alarm)!;
}

function pageWith(rows: readonly string[]): string {
  return [
    '# Simulated incidents',
    '',
    'Each row happens in a simulated account with two ordinary weeks behind it (seeded; busy working days, quiet nights and',
    'weekends). The alarms are those of the synthesized template, evaluated every five minutes by the rules that CloudWatch',
    'documents; the signals are those of the deployed functions. Metrics arrive one minute after their calls, records two.',
    '',
    '| incident | alarm | tier | notified within (min) | measured (min) | pages |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    `Nobody is notified of: ${HARMLESS_EVENTS.map(({ name }) => name).join('; ')}.`,
    '',
    '## Sources that stop',
    '',
    'Each of these is killed in the same simulated account while everything else goes on. Its alarm must fire within its time, and',
    'must be silent while the source lives.',
    '',
    '| source | alarm | fires within |',
    '|---|---|---|',
    ...KILLED_SOURCES.map(
      ({ source, alarm, within }) => `| ${source} | ${alarm} | ${within < 180 ? `${within} min` : `${within / 60} h`} |`,
    ),
    '',
    'A run of signals in which one question to AWS fails does not count as a run, so that one of these alarms fires for it, too.',
    '',
  ].join('\n');
}

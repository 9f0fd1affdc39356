import { readFileSync, writeFileSync } from 'node:fs';
import { AlarmTier } from '../../lib';
import { alarmSet } from '../lib/alarm-set';
import { beginning, type Incident, INCIDENTS } from './incidents';
import { QUIET } from './quiet-times';
import { simulate } from './simulate';

const PAGE = 'docs/incidents.md';
const tiers = new Map(alarmSet().rules.map((rule) => [rule.props.name, rule.props.tier]));
/** They take days, and have tests of their own as signals. */
const SLOW = ['TokensWeekOverWeek', 'LatencyDegrading', 'SignalsMissing'];
const detected = new Map<Incident, number>();

test('every rule has an incident', () => {
  const covered = [...SLOW, ...INCIDENTS.map(({ alarm }) => alarm)];
  expect([...tiers.keys()].filter((name) => !covered.includes(name))).toEqual([]);
});

test.each(INCIDENTS)('$alarm tells of it, wakes at most once and recovers: $name', async (incident) => {
  const start = beginning(incident);
  const simulation = await simulate(incident);
  const on = simulation.transitions.filter(({ state }) => state === 'ALARM');
  const [first] = on.filter(({ alarm }) => alarm === incident.alarm);
  const pages = simulation.messages.filter(({ to, state }) => to === 'critical' && state === 'ALARM');

  expect(on.filter(({ minute }) => minute < start)).toEqual([]);
  expect((first?.minute ?? Infinity) - start).toBeLessThanOrEqual(incident.within!);
  // Its own message, or that of another symptom of the same incident before it.
  expect(simulation.messages.some(({ minute, state }) => state === 'ALARM' && minute <= first!.minute)).toBe(true);
  expect(pages).toHaveLength(tiers.get(incident.alarm!) === AlarmTier.CRITICAL ? 1 : 0);
  expect(simulation.state(incident.alarm!)).toBe(incident.staysOn ? 'ALARM' : 'OK');
  detected.set(incident, first!.minute - start);
});

test.each(QUIET)('nobody is told of $name', async (incident) => {
  expect((await simulate(incident)).messages).toEqual([]);
});

test('the end of something critical is told, the end of a warning is not', async () => {
  const told = async (alarm: string) =>
    (await simulate(INCIDENTS.find((incident) => incident.alarm === alarm)!)).messages.map(({ state }) => state);
  expect(await told('ErrorRate')).toEqual(['ALARM', 'OK']);
  expect(await told('QuotaUsage')).toEqual(['ALARM']);
});

test('a maintenance that was announced pages nobody for an outage, and everybody for money', async () => {
  const outage = INCIDENTS[0]!;
  const money = INCIDENTS.find(({ alarm }) => alarm === 'DailyCost')!;
  const { messages, transitions } = await simulate(outage, true);
  expect(messages).toEqual([]);
  expect(transitions.map(({ alarm }) => alarm)).toEqual(expect.arrayContaining(['ErrorRate', 'CriticalIncident', 'Maintenance']));
  expect((await simulate(money, true)).messages.filter(({ to }) => to === 'critical')).toHaveLength(2);
});

test('the page of incidents is what the simulation measures; UPDATE_DOCS=1 writes it', () => {
  const rows = INCIDENTS.map((incident) => {
    const tier = tiers.get(incident.alarm!);
    return `| ${incident.name} | ${incident.alarm} | ${tier} | ${incident.within} | ${detected.get(incident)} | ${tier === AlarmTier.CRITICAL ? 1 : 0} |`;
  });
  const page = [
    '# Simulated incidents',
    '',
    'Each row happens in a simulated account with two ordinary weeks behind it (seeded; busy working days, quiet nights and',
    'weekends). The alarms are those of the synthesized template, evaluated every five minutes by the rules that CloudWatch',
    'documents; the signals are those of the deployed functions. Metrics arrive one minute after their calls, records two.',
    '',
    '| incident | alarm | tier | told within (min) | measured (min) | pages |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    `Nobody is told of: ${QUIET.map(({ name }) => name).join('; ')}.`,
    '',
  ].join('\n');
  if (process.env.UPDATE_DOCS) {
    writeFileSync(PAGE, page);
  }
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});

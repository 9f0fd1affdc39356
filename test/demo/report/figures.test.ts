import { complaints, figuresOf, type Outcome } from '../../../demo/report/figures';
import type { Group } from '../../../demo/report/ledger';
import { reportOf } from '../../../demo/report/report';
import type { Scene } from '../../../demo/traffic/scenes';

const group = (name: string, cost: bigint, more: Partial<Group> = {}): Group => ({
  name,
  calls: 2,
  failed: 0,
  unpriced: 0,
  cost,
  uncertain: 0n,
  tokens: { input: 1200, output: 5 },
  ...more,
});

const states = { priced: 4, unpriced: 1, ignored: 2, malformed: 1 };

const scene = (what: string, pages: Scene['pages']): Scene => ({
  what,
  pages,
  at: new Date('2026-11-21T12:00:00Z'),
  alarms: [
    { name: 'Sample-AlarmsLatency01234567', state: 'OK', description: 'Calls take long' },
    { name: 'Sample-AlarmsErrorRate89ABCDEF-1', state: 'ALARM', description: 'Too many calls fail. Check first: the ledger' },
  ],
});

const outcome: Outcome = {
  preview: 'preview/index.html',
  sent: 8,
  states,
  expected: { cost: 1_500_000_000_001n, states },
  metricUsd: 1.500000000001,
  outsideMetrics: 0,
  byModel: [group('model-a', 1_000_000_000_001n), group('model-b', 500_000_000_000n), group('new', 0n, { calls: 1, unpriced: 1 })],
  byCaller: [group('Chat/web', 1_500_000_000_001n, { calls: 5, unpriced: 1 })],
  scenes: [
    scene('calls fail', [{ name: 'Sample-AlarmsCriticalIncidentB04C1E4C', state: 'ALARM' }]),
    scene('they succeed again', [{ name: 'Sample-AlarmsCriticalIncidentB04C1E4C', state: 'OK' }]),
    scene('the same, with a maintenance announced', []),
  ],
  dashboards: [{ name: 'Overview', widgets: 3, withData: 1, withoutData: 1, notEmulated: ['By search'] }],
  loggingConfiguration: { textDataDeliveryEnabled: true },
  notEmulated: ['First', 'Second'].map((logicalId) => ({
    stack: 'Sample',
    logicalId,
    type: 'AWS::Logs::QueryDefinition',
    what: 'accepted, not emulated',
  })),
};

test('writes the figures with exact dollars, and none where nothing is expected', () => {
  expect(figuresOf(outcome, [{ name: 'synth', seconds: 1.2 }])).toMatchObject({
    records: { sent: 8, priced: 4, unpriced: 1, ignored: 2, malformed: 1 },
    costUsd: '1.500000000001',
    expectedCostUsd: '1.500000000001',
    byModel: [{ model: 'model-a', costUsd: '1.000000000001' }, { model: 'model-b' }, { model: 'new', unpriced: 1 }],
    alarms: [{ name: 'Sample-AlarmsLatency01234567', state: 'OK' }, { state: 'ALARM' }],
    messages: [
      { scene: 'calls fail', state: 'ALARM' },
      { scene: 'they succeed again', state: 'OK' },
    ],
    dashboards: [{ name: 'Overview' }],
    loggingConfiguration: { textDataDeliveryEnabled: true },
    steps: [{ name: 'synth', seconds: 1.2 }],
  });
  expect(figuresOf({ ...outcome, expected: undefined }, []).expectedCostUsd).toBeNull();
});

test('has no complaint about right figures, nor about records of the user', () => {
  expect(complaints(outcome)).toEqual([]);
  expect(complaints({ ...outcome, expected: undefined, scenes: [] })).toEqual([]);
});

test.each<[changes: Partial<Outcome>, complaint: string]>([
  [{ sent: 9 }, '9 records were sent, but 8 ended in a state'],
  [{ expected: { cost: 1_500_000_000_000n, states } }, 'the cost is 1.500000000001 USD, expected 1.5 USD'],
  [{ metricUsd: 1.6 }, 'the ledger says 1.500000000001 USD, but the cost metric 1.6 USD'],
  [{ expected: { cost: 1_500_000_000_001n, states: { ...states, malformed: 0, ignored: 3 } } }, '2 records are ignored, expected 3'],
  [{ scenes: [] }, 'no alarm fired, expected the error rate to'],
  [{ scenes: [scene('calls fail', [])] }, "in 'calls fail' the critical incident told '', expected 'ALARM'"],
  [
    { scenes: [...outcome.scenes.slice(0, 2), scene('a maintenance', outcome.scenes[0]?.pages ?? [])] },
    "in 'a maintenance' the critical incident told 'ALARM', expected ''",
  ],
  [{ dashboards: [] }, 'no dashboard shows data'],
])('complains about %j', (changes, complaint) => {
  expect(complaints({ ...outcome, ...changes })).toContain(complaint);
});

test('the report names what has no price and what could not be shown', () => {
  const report = reportOf(outcome);

  expect(report).toMatch(/^The dashboards of these calls.*\npreview\/index.html\n/);
  expect(reportOf({ ...outcome, preview: undefined })).toMatch(/^Cost by model/);
  for (const part of [
    'model-a',
    '1.000000',
    '1 unpriced',
    '1,200',
    'No price is known for new (1)',
    'Cost 1.500000000001 USD, expected 1.500000000001 USD',
    'Too many calls fail',
    'CriticalIncident ALARM',
    '12:00 UTC the same, with a maintenance announced: nobody is told',
    '2 AWS::Logs::QueryDefinition: accepted, not emulated',
    "1 dashboard widgets that search metrics or query logs: 'By search'",
    'npx cdk deploy',
  ]) {
    expect(report).toContain(part);
  }
});

test('the report has what fires first, and no line that is too long', () => {
  const titles = Array.from({ length: 9 }, (_, index) => `A widget with a long title ${index}`);
  const lines = reportOf({ ...outcome, dashboards: [{ ...outcome.dashboards[0]!, notEmulated: [...titles, ...titles] }] }).split('\n');

  expect(lines.findIndex((line) => line.includes('ErrorRate'))).toBeLessThan(lines.findIndex((line) => line.includes('Latency')));
  expect(lines.filter((line) => line.includes('long title 3'))).toHaveLength(1);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(112);
});

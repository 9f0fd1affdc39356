import { complaints, figuresOf, type Outcome } from '../../demo/figures';
import type { Group } from '../../demo/ledger';
import { reportOf } from '../../demo/report';

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

const states = { priced: 4, unpriced: 1, ignored: 2, poison: 1 };

const outcome: Outcome = {
  sent: 8,
  states,
  expected: { cost: 1_500_000_000_001n, states },
  metricUsd: 1.500000000001,
  outsideMetrics: 0,
  byModel: [group('model-a', 1_000_000_000_001n), group('model-b', 500_000_000_000n), group('new', 0n, { calls: 1, unpriced: 1 })],
  byCaller: [group('Chat/web', 1_500_000_000_001n, { calls: 5, unpriced: 1 })],
  alarms: [{ name: 'ErrorRate', state: 'ALARM', description: 'Too many calls fail. Check first: the ledger' }],
  messages: ['ErrorRate'],
  dashboards: [{ name: 'Overview', widgets: 3, withData: 1, withoutData: 1, notEmulated: ['By search'] }],
  loggingConfiguration: { textDataDeliveryEnabled: true },
  notEmulated: [{ stack: 'Sample', logicalId: 'Query', type: 'AWS::Logs::QueryDefinition', what: 'accepted, not emulated' }],
};

test('writes the figures with exact dollars, and none where nothing is expected', () => {
  expect(figuresOf(outcome, [{ name: 'synth', seconds: 1.2 }])).toMatchObject({
    records: { sent: 8, priced: 4, unpriced: 1, ignored: 2, poison: 1 },
    costUsd: '1.500000000001',
    expectedCostUsd: '1.500000000001',
    byModel: [{ model: 'model-a', costUsd: '1.000000000001' }, { model: 'model-b' }, { model: 'new', unpriced: 1 }],
    alarms: [{ name: 'ErrorRate', state: 'ALARM' }],
    dashboards: [{ name: 'Overview' }],
    loggingConfiguration: { textDataDeliveryEnabled: true },
    steps: [{ name: 'synth', seconds: 1.2 }],
  });
  expect(figuresOf({ ...outcome, expected: undefined }, []).expectedCostUsd).toBeNull();
});

test('has no complaint about right figures, nor about records of the user', () => {
  expect(complaints(outcome)).toEqual([]);
  expect(complaints({ ...outcome, expected: undefined, alarms: [], messages: [] })).toEqual([]);
});

test.each<[changes: Partial<Outcome>, complaint: string]>([
  [{ sent: 9 }, '9 records were sent, but 8 ended in a state'],
  [{ expected: { cost: 1_500_000_000_000n, states } }, 'the cost is 1.500000000001 USD, expected 1.5 USD'],
  [{ metricUsd: 1.6 }, 'the ledger says 1.500000000001 USD, but the cost metric 1.6 USD'],
  [{ expected: { cost: 1_500_000_000_001n, states: { ...states, poison: 0, ignored: 3 } } }, '2 records are ignored, expected 3'],
  [{ alarms: [] }, 'no alarm fired, expected the error rate to'],
  [{ messages: [] }, "no message of a fired alarm came through its topic, got ''"],
  [{ dashboards: [] }, 'no dashboard shows data'],
])('complains about %j', (changes, complaint) => {
  expect(complaints({ ...outcome, ...changes })).toContain(complaint);
});

test('the report names what has no price and what could not be shown', () => {
  const report = reportOf(outcome);

  for (const part of [
    'model-a',
    '1.000000',
    '1 unpriced',
    '1,200',
    'No price is known for new (1)',
    'Cost 1.500000000001 USD, expected 1.500000000001 USD',
    'Too many calls fail',
    'AWS::Logs::QueryDefinition Query: accepted, not emulated',
    'By search',
    'npx cdk deploy',
  ]) {
    expect(report).toContain(part);
  }
});

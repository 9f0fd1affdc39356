import type { Group } from '../../../demo/report/ledger';
import type { RunResult } from '../../../demo/report/run-result';
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

export const byStatus = { priced: 4, unpriced: 1, ignored: 2, malformed: 1 };

export const scene = (what: string, pages: Scene['pages']): Scene => ({
  what,
  pages,
  at: new Date('2026-11-21T12:00:00Z'),
  alarms: [
    { name: 'Sample-AlarmsLatency01234567', state: 'OK', description: 'Calls take long' },
    { name: 'Sample-AlarmsErrorRate89ABCDEF-1', state: 'ALARM', description: 'Too many calls fail. Check first: the ledger' },
  ],
});

const SHARES = { agent: [['planner', 25_964_730_000n]], session: [['s-1', 25_964_730_000n]], tool: [['ask', 4_296_600_000n]] } as const;

const RUNTIME = { low: 0.000108066, high: 0.000171513 };

const agentFigures = { modelCalls: 3, tokens: 13_077, naiveTokens: 26_515, cost: 25_964_730_000n };

export const agent: NonNullable<RunResult['agent']> = {
  ...agentFigures,
  costBasis: 'ledger',
  callers: ['arn:…/planner'],
  expected: { ...agentFigures, shares: SHARES, runtime: RUNTIME },
  naiveCost: 74_304_450_000n,
  metering: { calls: 3, toolCalls: 2, estimateUsd: 0.02596473, exactUsd: 0.02596473, runtime: RUNTIME, shares: SHARES },
  tree: ['trace 6b08…', '  invoke_agent planner'],
};

export const byMember = new Map([['000000000000 us-east-1', 1_500_000_000_001n]]);

export const result: RunResult = {
  preview: 'preview/index.html',
  sent: 8,
  byStatus,
  expected: { cost: 1_500_000_000_001n, byStatus, byMember },
  metricUsd: 1.500000000001,
  outsideMetrics: 0,
  byModel: [group('model-a', 1_000_000_000_001n), group('model-b', 500_000_000_000n), group('new', 0n, { calls: 1, unpriced: 1 })],
  byCaller: [group('Chat/web', 1_500_000_000_001n, { calls: 5, unpriced: 1 })],
  byMember: [group('000000000000 us-east-1', 1_500_000_000_001n, { calls: 5, unpriced: 1 })],
  agent,
  scenes: [
    scene('calls fail', [{ name: 'Sample-AlarmsCriticalIncidentB04C1E4C', state: 'ALARM' }]),
    scene('calls succeed again', [{ name: 'Sample-AlarmsCriticalIncidentB04C1E4C', state: 'OK' }]),
    scene('calls fail during an announced maintenance', []),
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

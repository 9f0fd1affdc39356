import { complaintsAbout } from '../../../demo/report/complaints';
import type { RunResult } from '../../../demo/report/run-result';
import { agent, byMember, byStatus, result, scene } from './sample-result';

test('has no complaint about right figures, nor about records of the user', () => {
  expect(complaintsAbout(result)).toEqual([]);
  expect(complaintsAbout({ ...result, expected: undefined, scenes: [] })).toEqual([]);
});

test.each<[changes: Partial<RunResult>, complaint: string]>([
  [{ sent: 9 }, '9 records were sent, but 8 were metered'],
  [{ expected: { cost: 1_500_000_000_000n, byStatus, byMember } }, 'the cost is 1.500000000001 USD, expected 1.5 USD'],
  [{ metricUsd: 1.6 }, 'the ledger has a cost of 1.500000000001 USD, but the cost metric 1.6 USD'],
  [
    { expected: { cost: 1_500_000_000_001n, byStatus: { ...byStatus, malformed: 0, ignored: 3 }, byMember } },
    '2 records are ignored, expected 3',
  ],
  [
    { expected: { ...result.expected!, byMember: new Map([['111111111111 us-east-1', 5n]]) } },
    'the cost of 111111111111 us-east-1 is 0 USD, expected 0.000000000005 USD',
  ],
  [{ scenes: [] }, 'no alarm fired, expected the error rate to'],
  [{ scenes: [scene('calls fail', [])] }, "the critical incident sent no message in 'calls fail', expected ALARM"],
  [
    { scenes: [...result.scenes.slice(0, 2), scene('a maintenance', result.scenes[0]?.pages ?? [])] },
    "the critical incident sent ALARM in 'a maintenance', expected no message",
  ],
  [{ dashboards: [] }, 'no dashboard shows data'],
  [{ agent: { ...agent, metering: { ...agent.metering, calls: 6 } } }, 'the agent meter counted 6 calls, expected 3'],
  [{ agent: { ...agent, metering: { ...agent.metering, estimateUsd: 0 } } }, 'the agent meter estimates 0 USD, expected 0.02596473 USD'],
  [{ agent: { ...agent, metering: { ...agent.metering, exactUsd: 0 } } }, 'the join with the ledger found 0 USD, expected 0.02596473 USD'],
  [
    { agent: { ...agent, metering: { ...agent.metering, shares: { ...agent.metering.shares, tool: [] } } } },
    'the join with the ledger gives each tool nothing, expected ask 0.0042966 USD',
  ],
  [
    { agent: { ...agent, metering: { ...agent.metering, runtime: { low: 0, high: 0.000171513 } } } },
    'the runtime of the agent cost 0.0000000 to 0.0001715 USD, expected 0.0001081 to 0.0001715 USD',
  ],
  [{ agent: undefined }, 'no run of an agent was followed'],
  [{ agent: { ...agent, tokens: 26_515 } }, 'the agent has 26515 tokens, expected 13077'],
  [{ agent: { ...agent, costBasis: 'estimate' } }, 'the agent cost 0.02596473 USD (estimate), expected 0.02596473 USD of the ledger'],
])('complains about %j', (changes, complaint) => {
  expect(complaintsAbout({ ...result, ...changes })).toContain(complaint);
});

import { figuresOf } from '../../../demo/report/figures';
import { result } from './sample-result';

test('writes the figures with exact dollars, and none where nothing is expected', () => {
  expect(figuresOf(result, [{ name: 'synth', seconds: 1.2 }])).toMatchObject({
    records: { sent: 8, priced: 4, unpriced: 1, ignored: 2, malformed: 1 },
    costUsd: '1.500000000001',
    expectedCostUsd: '1.500000000001',
    byModel: [{ model: 'model-a', costUsd: '1.000000000001' }, { model: 'model-b' }, { model: 'new', unpriced: 1 }],
    alarms: [{ name: 'Sample-AlarmsLatency01234567', state: 'OK' }, { state: 'ALARM' }],
    agent: {
      ...{ modelCalls: 3, tokens: 13_077, naiveTokens: 26_515, costUsd: '0.02596473', costBasis: 'ledger', callers: ['arn:…/planner'] },
      naiveCostUsd: '0.07430445',
      metering: { exactUsd: 0.02596473, shares: { tool: [{ name: 'ask', costUsd: '0.0042966' }] } },
      expected: { modelCalls: 3, tokens: 13_077, naiveTokens: 26_515, costUsd: '0.02596473', runtime: { low: 0.000108066 } },
    },
    messages: [
      { scene: 'calls fail', state: 'ALARM' },
      { scene: 'calls succeed again', state: 'OK' },
    ],
    dashboards: [{ name: 'Overview' }],
    loggingConfiguration: { textDataDeliveryEnabled: true },
    steps: [{ name: 'synth', seconds: 1.2 }],
  });
  expect(figuresOf({ ...result, expected: undefined }, []).expectedCostUsd).toBeNull();
});

import { readSignalsConfig } from '../../../lambda/publish-signals/config';

test('has defaults', () => {
  expect(readSignalsConfig({})).toEqual({
    namespace: 'BedrockObservability',
    timeZone: 'UTC',
    minimumCalls: 20,
    minimumDailyCostUsd: 10,
    minimumHourlyTokens: 100_000,
    ledgerLogGroups: [],
    ledgerTable: undefined,
    invocations: undefined,
    spans: [],
    loggingRoles: [],
    budgets: [],
  });
});

test('reads what the construct sets', () => {
  const budgets = [{ name: 'Team', period: 'month' }];
  const env = {
    MINIMUM_CALLS: '5',
    LEDGER_LOG_GROUPS: 'ledger',
    LEDGER_DATABASE: 'd',
    LEDGER_WORK_GROUP: 'w',
    LOGGING_ROLES: 'a, b',
    SPAN_LOG_GROUPS: 'aws/spans,other',
    BUDGETS: JSON.stringify(budgets),
  };
  expect(readSignalsConfig(env)).toMatchObject({
    minimumCalls: 5,
    ledgerLogGroups: ['ledger'],
    ledgerTable: { database: 'd', workGroup: 'w' },
    loggingRoles: ['a', 'b'],
    spans: ['aws/spans', 'other'],
    budgets,
  });
});

test('fails on a floor that is no number', () => {
  expect(() => readSignalsConfig({ MINIMUM_CALLS: 'few' })).toThrow("'MINIMUM_CALLS' must be a number above 0, got 'few'");
});

import { readSignalsConfig } from '../../../lambda/publish-signals/config';

test('has defaults', () => {
  expect(readSignalsConfig({})).toEqual({
    namespace: 'BedrockObservability',
    timeZone: 'UTC',
    minimumCalls: 20,
    minimumDailyCostUsd: 10,
    minimumHourlyTokens: 100_000,
    ledger: undefined,
    spans: undefined,
    loggingRoles: [],
    budgets: [],
  });
});

test('reads what the construct sets', () => {
  const budgets = [{ name: 'Team', period: 'month' }];
  const env = { MINIMUM_CALLS: '5', LEDGER_LOG_GROUP: 'ledger', LOGGING_ROLES: 'a, b', BUDGETS: JSON.stringify(budgets) };
  expect(readSignalsConfig(env)).toMatchObject({ minimumCalls: 5, ledger: 'ledger', loggingRoles: ['a', 'b'], budgets });
});

test('fails on a floor that is no number', () => {
  expect(() => readSignalsConfig({ MINIMUM_CALLS: 'few' })).toThrow("'MINIMUM_CALLS' must be a number above 0, got 'few'");
});

import { NO_CALLS } from '../../../engine/digest/digest-facts';
import { digest, group, unpricedGroup, USD } from './facts';

test('sums up models and callers, the most expensive first', () => {
  const result = digest({
    total: group({ calls: 32, failed: 2, rated: 30, counted: 30, input: 3000, output: 300, usd: 10n * USD }),
    models: [
      group({ calls: 20, rated: 20, priced: 20, counted: 20, input: 2000, output: 200, usd: 4n * USD }),
      group({ name: 'b', usd: 6n * USD }),
    ],
    callers: [group({ name: 'y', usd: 3n * USD }), group({ name: 'x', calls: 22, failed: 2, rated: 20, usd: 7n * USD })],
    profiles: [group({ name: 'p' })],
    usdBefore: 8n * USD,
  });
  expect(result).toMatchObject({
    from: '2026-11-20',
    to: '2026-11-20',
    usd: '10.00',
    change: 25,
    calls: 32,
    failedCalls: 2,
    input: 3000,
    output: 300,
  });
  expect(result.models).toEqual([
    { model: 'b', calls: 10, failedCalls: 0, usd: '6.00', share: 60, usdPerCall: '0.60', inputPerCall: 100, outputPerCall: 10 },
    { model: 'a', calls: 20, failedCalls: 0, usd: '4.00', share: 40, usdPerCall: '0.20', inputPerCall: 100, outputPerCall: 10 },
  ]);
  expect(result.callers).toEqual([
    { caller: 'x', calls: 22, failedCalls: 2, usd: '7.00' },
    { caller: 'y', calls: 10, failedCalls: 0, usd: '3.00' },
  ]);
  expect(result.profiles).toEqual([{ profile: 'p', calls: 10, failedCalls: 0, usd: '1.00' }]);
});

test('the total is not a sum of the lists, which can be cut, and the limit is named', () => {
  const limits = ['Logs Insights returned 10000 models'];
  const result = digest({ total: group({ calls: 12_000, usd: 12_000n * USD }), models: [group()], callers: [group()], limits });
  expect(result).toMatchObject({ usd: '12000.00', calls: 12_000, limits });
  expect(digest({}).limits).toBeUndefined();
});

test('names ten callers, and all models', () => {
  const groups = Array.from({ length: 12 }, (_, i) => group({ name: `n${i}` }));
  const result = digest({ models: groups, callers: groups });
  expect([result.models.length, result.callers.length]).toEqual([12, 10]);
});

test('what has no price has no cost, neither in total nor a call, of a model or of a caller', () => {
  const unpriced = [
    { model: 'b', reason: 'no tokens', calls: 2 },
    { model: 'c', reason: 'not in the catalogue', calls: 10 },
    { model: 'a', reason: 'not in the catalogue', calls: 2 },
  ];
  const result = digest({ models: [unpricedGroup('c'), group()], callers: [unpricedGroup('x')], unpriced });
  expect(JSON.parse(JSON.stringify([result.models[1], result.callers[0]]))).toEqual([
    { model: 'c', calls: 10, failedCalls: 0, inputPerCall: 100, outputPerCall: 10 },
    { caller: 'x', calls: 10, failedCalls: 0 },
  ]);
  expect(result.unpriced.map(({ model }) => model)).toEqual(['c', 'a', 'b']);
});

test('the cost of a period is unknown where no call has a price, and 0 where there are no calls', () => {
  const unknown = digest({ total: unpricedGroup('c'), usdBefore: USD });
  expect([unknown.usd, unknown.change]).toEqual([undefined, undefined]);
  expect(digest({ total: NO_CALLS, usdBefore: USD })).toMatchObject({ usd: '0.00', change: -100 });
});

test.each([undefined, 0n])('has no change against a period before of %s', (usdBefore) => {
  expect(digest({ usdBefore }).change).toBeUndefined();
});

test('the cost of a call is that of the calls that have a price', () => {
  const [model] = digest({ models: [group({ calls: 20, priced: 4 })] }).models;
  expect(model).toMatchObject({ calls: 20, usd: '1.00', usdPerCall: '0.25' });
});

test('tokens are those of the calls that count them, and unknown where none does', () => {
  const some = group({ calls: 20, rated: 20, counted: 5 });
  const none = group({ name: 'b', counted: 0, input: 0, output: 0 });
  const { models, input } = digest({ total: none, models: [some, none] });
  expect(models[0]).toMatchObject({ inputPerCall: 200, outputPerCall: 20 });
  expect(models[1]).not.toHaveProperty('inputPerCall');
  expect(input).toBeUndefined();
});

test('calls that all failed cost nothing, and that is known', () => {
  const failed = group({ failed: 10, rated: 0, priced: 0, counted: 0, input: 0, output: 0, usd: 0n });
  expect(digest({ total: failed, callers: [failed] })).toMatchObject({
    ...{ usd: '0.00', calls: 10, failedCalls: 10, input: 0, output: 0 },
    callers: [{ usd: '0.00', failedCalls: 10 }],
  });
});

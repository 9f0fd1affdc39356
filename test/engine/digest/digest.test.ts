import { digest, group, USD } from './facts';

test('sums up models and callers, the most expensive first', () => {
  const result = digest({
    groups: [group({}), group({ caller: 'y', usd: 3n * USD }), group({ model: 'b', usd: 6n * USD })],
    usdBefore: 8n * USD,
    failedCalls: 2,
  });
  expect(result).toMatchObject({
    from: '2026-11-20',
    to: '2026-11-20',
    usd: '10.00',
    change: 25,
    calls: 30,
    failedCalls: 2,
    input: 3000,
    output: 300,
  });
  expect(result.models).toEqual([
    { model: 'b', calls: 10, usd: '6.00', share: 60, usdPerCall: '0.60', inputPerCall: 100, outputPerCall: 10 },
    { model: 'a', calls: 20, usd: '4.00', share: 40, usdPerCall: '0.20', inputPerCall: 100, outputPerCall: 10 },
  ]);
  expect(result.callers).toEqual([
    { caller: 'x', calls: 20, usd: '7.00' },
    { caller: 'y', calls: 10, usd: '3.00' },
  ]);
});

test('names ten callers, and all models', () => {
  const groups = Array.from({ length: 12 }, (_, i) => group({ model: `m${i}`, caller: `c${i}` }));
  const result = digest({ groups });
  expect([result.models.length, result.callers.length]).toEqual([12, 10]);
});

test('keeps a model without a price apart: it has no cost a call', () => {
  const unpriced = [
    { model: 'b', reason: 'no tokens', calls: 2 },
    { model: 'c', reason: 'not in the catalogue', calls: 10 },
    { model: 'a', reason: 'not in the catalogue', calls: 2 },
  ];
  const result = digest({ groups: [group({ priced: 0, usd: 0n })], unpriced });
  expect(result.models[0]).not.toHaveProperty('usdPerCall', expect.anything());
  expect(result.unpriced.map(({ model }) => model)).toEqual(['c', 'a', 'b']);
});

test.each([undefined, 0n])('has no change against a period before of %s', (usdBefore) => {
  expect(digest({ groups: [group()], usdBefore }).change).toBeUndefined();
});

test('the cost of a call is that of the calls that have a price', () => {
  const [model] = digest({ groups: [group({ priced: 4 }), group({ priced: 0, usd: 0n })] }).models;
  expect(model).toMatchObject({ calls: 20, usd: '1.00', usdPerCall: '0.25' });
});

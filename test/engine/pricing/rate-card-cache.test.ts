import { PriceEngine } from '../../../engine/pricing/price-engine';

test('10,000 rate cards are kept; the next one drops them all, and equal queries get another, equal quote', () => {
  const engine = new PriceEngine();
  const quote = (modelId: string) =>
    engine.quote({ modelId, region: 'us-east-1', tier: 'standard', timestamp: Date.parse('2026-11-20'), contextTokens: 0 });
  const first = quote('us.anthropic.claude-sonnet-4-6');

  for (let at = 1; at < 10_000; at += 1) quote(`nobody.knows-${at}`);
  expect(quote('us.anthropic.claude-sonnet-4-6')).toBe(first);

  quote('nobody.knows-10000');
  const again = quote('us.anthropic.claude-sonnet-4-6');
  expect(again).toEqual(first);
  expect(again).not.toBe(first);

  quote('nobody.knows-10001');
  expect(quote('us.anthropic.claude-sonnet-4-6')).toBe(again);
});

import { PriceEngine } from '../../../engine/pricing/price-engine';
import type { PriceQuery, Quote } from '../../../engine/pricing/types';
import { formatRate } from '../../../engine/pricing/usd-text';

const engine = new PriceEngine();
const QUERY: PriceQuery = {
  modelId: 'us.anthropic.claude-sonnet-4-6',
  region: 'us-east-1',
  tier: 'standard',
  timestamp: Date.parse('2026-11-20'),
  contextTokens: 1_000,
};
const quote = (query: Partial<PriceQuery>): Quote => engine.quote({ ...QUERY, ...query });
const inputRate = ({ rates }: Quote): string | undefined => (rates.input === undefined ? undefined : formatRate('input', rates.input));

describe('prompt routers', () => {
  const router = 'arn:aws:bedrock:us-east-1:111122223333:default-prompt-router/anthropic.claude:1';
  const invoked = (invokedModel?: string, modelId = router) => quote({ modelId, invokedModel });

  test('have the price of the model that was invoked for the very call', () => {
    expect(inputRate(invoked('us.anthropic.claude-sonnet-4-6'))).toBe('3.3');
    expect(inputRate(invoked('arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-4-8'))).toBe('5.5');
    expect(invoked('us.anthropic.claude-sonnet-4-6')).toBe(invoked('us.anthropic.claude-sonnet-4-6'));
    expect(invoked('us.anthropic.claude-sonnet-4-6').resolved.modelId).toBe(router);
  });

  test.each([undefined, 'nobody.knows', router, '', '__proto__'])('are unpriced where that was %j', (model) => {
    expect(invoked(model)).toMatchObject({ rates: {}, unpriced: expect.any(String) });
  });

  test('are the only ids for which the invoked model counts: it is a claim for every other one', () => {
    expect(inputRate(invoked('amazon.nova-micro-v1:0', QUERY.modelId))).toBe('3.3');
    const profile = router.replace('default-prompt-router/anthropic.claude:1', 'application-inference-profile/abc');
    expect(invoked('amazon.nova-micro-v1:0', profile).unpriced).toBe('the application inference profile is not resolved to a model');
    expect(invoked('amazon.nova-micro-v1:0', 'nobody.knows').unpriced).toBe('the model is not in the price catalogue');
  });

  test('that the profile map names are priced by it, unless the record names the model', () => {
    const mapped = new PriceEngine({ profiles: (arn) => (arn === router ? 'anthropic.claude-opus-4-8' : undefined) });
    const ask = (invokedModel?: string) => inputRate(mapped.quote({ ...QUERY, modelId: router, invokedModel }));

    expect([ask(), ask('anthropic.claude-sonnet-4-6'), ask()]).toEqual(['5.5', '3.3', '5.5']);
  });
});

test('ids longer than Bedrock takes are unpriced, and not kept', () => {
  const overlong = (letter: string) => quote({ modelId: letter.repeat(2049) });

  expect(overlong('a').unpriced).toBe('the model id is longer than 2048 characters, and Bedrock knows none so long');
  expect(overlong('a')).toBe(overlong('b'));
  expect(quote({ modelId: 'a'.repeat(2048) }).unpriced).not.toContain('longer than');
  const router = 'arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1';
  expect(quote({ modelId: router, invokedModel: 'a'.repeat(2049) }).unpriced).toContain('longer than 2048 characters');
  expect(quote({ modelId: router, invokedModel: 'a'.repeat(2048) }).unpriced).not.toContain('longer than');
});

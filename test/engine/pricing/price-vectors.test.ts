import vectors from '../../fixtures/price-vectors.json';
import { formatUsd, parseRate } from '../../../engine/pricing/usd-text';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { TOKEN_BUCKETS } from '../../../engine/pricing/token-buckets';
import type { Cost, PriceQuery, Quote, Usage } from '../../../engine/pricing/types';

interface Vector {
  id: string;
  trap: string;
  modelId: string;
  region: string;
  tier: string;
  asOf: string;
  usage: Record<string, string>;
  rates: Record<string, string>;
  usd: string;
  disputed?: string;
}

const ARN = 'arn:aws:bedrock:us-east-1:111122223333';
const engine = new PriceEngine({
  profiles: (arn) =>
    ({
      [`${ARN}:provisioned-model/abc`]: 'amazon.nova-micro-v1:0',
      [`${ARN}:application-inference-profile/ab12cd34ef56`]: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    })[arn],
});

/** What a vector says in words and a query says in fields. */
const INTENT: Record<string, Partial<PriceQuery>> = {
  V14: { tier: 'batch' },
  // Millions of tokens at the rates of short prompts: several calls.
  V18: { contextTokens: 200_000 },
  V24: { contextTokens: 200_000 },
  V28: { tier: 'flex' },
  V29: { tier: 'priority' },
  V31: { tier: 'flex' },
  V40: { spec: { commitment: 'none' } },
  V41: { modelId: 'anthropic.claude-3-5-sonnet-20240620-v1:0', tier: 'provisioned', spec: { commitment: 'none' } },
  V42: { modelId: 'amazon.nova-micro-v1:0', tier: 'custom' },
  V43: { spec: { size: '1024x1024', quality: 'standard' } },
  V45: { spec: { size: '2048x2048', quality: 'premium' } },
  V51: { modelId: 'bedrock:mantle-web-search' },
};
const KIND: Record<string, string> = {
  inputBatch: 'input',
  outputBatch: 'output',
  topicUnit: 'topicPolicyUnit',
  contentUnit: 'contentPolicyUnit',
  modelUnitHours: 'modelUnitHour',
  modelMonths: 'modelMonth',
};
const BUCKETS: readonly string[] = TOKEN_BUCKETS;
const kindOf = (name: string): string => KIND[name.replace('unit:', '')] ?? name.replace('unit:', '');

function usageOf(vector: Vector): Usage {
  const counts = Object.entries(vector.usage).map(([name, count]): [string, number] => [kindOf(name), Number(count)]);
  const tokens = Object.fromEntries(BUCKETS.map((bucket) => [bucket, counts.find(([kind]) => kind === bucket)?.[1] ?? 0]));
  return { ...tokens, units: Object.fromEntries(counts.filter(([kind]) => !BUCKETS.includes(kind))) } as unknown as Usage;
}

function quote(vector: Vector): Quote {
  const usage = usageOf(vector);
  return engine.quote({
    modelId: vector.modelId,
    region: vector.region,
    tier: 'standard',
    timestamp: Date.parse(vector.asOf),
    contextTokens: usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h,
    ...INTENT[vector.id],
  });
}

const usd = (cost: Cost): string | undefined => (cost.usd !== undefined ? formatUsd(cost.usd) : undefined);
const all = vectors as unknown as Vector[];
const name = ({ id, trap }: Vector): string => `${id}: ${trap}`;
const rated = all.filter(({ disputed }) => !disputed);
const disputed = all.filter(({ disputed: why }) => why);

test('there are forty vectors, three of them disputed', () => {
  expect([rated.length, disputed.map(({ id }) => id)]).toEqual([37, ['V24', 'V26', 'V27']]);
});

test.each(rated.map((vector) => [name(vector), vector] as const))('%s', (_, vector) => {
  expect(usd(engine.cost(quote(vector), usageOf(vector)))).toBe(vector.usd);
});

test.each(rated.map((vector) => [name(vector), vector] as const))('the rates of the catalogue are those of %s', (_, vector) => {
  const { rates } = quote(vector);
  for (const [kind, rate] of Object.entries(vector.rates)) {
    expect([kind, rates[kindOf(kind)]]).toEqual([kind, parseRate(kindOf(kind), rate)]);
  }
});

test.each(all.map((vector) => [name(vector), vector] as const))('at its own rates, the arithmetic holds for %s', (_, vector) => {
  const rates = Object.fromEntries(Object.entries(vector.rates).map(([kind, rate]) => [kindOf(kind), parseRate(kindOf(kind), rate)]));
  expect(usd(engine.cost({ ...quote(vector), rates }, usageOf(vector)))).toBe(vector.usd);
});

test('the disputed vectors are priced at the rates announced from 2026-08-21, and the day before at their own', () => {
  for (const vector of disputed) {
    const before = quote({ ...vector, asOf: '2026-08-20' });
    expect(usd(engine.cost(before, usageOf(vector)))).toBe(vector.usd);
    expect(usd(engine.cost(quote(vector), usageOf(vector)))).not.toBe(vector.usd);
  }
});

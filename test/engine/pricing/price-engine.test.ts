import * as fc from 'fast-check';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { KINDS } from '../../../engine/pricing/kinds';
import { formatRate } from '../../../engine/pricing/usd-text';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { NO_USAGE } from '../../../engine/pricing/token-buckets';
import { TIERS, type PriceQuery, type Quote, type Usage } from '../../../engine/pricing/types';
import { cases } from '../../cases';

const engine = new PriceEngine();
const QUERY: PriceQuery = {
  modelId: 'us.anthropic.claude-sonnet-4-6',
  region: 'us-east-1',
  tier: 'standard',
  timestamp: Date.parse('2026-11-20'),
  contextTokens: 1_000,
};
const quote = (query: Partial<PriceQuery>): Quote => engine.quote({ ...QUERY, ...query });
const rates = ({ rates }: Quote): Record<string, string> =>
  Object.fromEntries(Object.entries(rates).map(([kind, rate]) => [kind, formatRate(kind, rate)]));

test('a quote names its row, source, grade and date', () => {
  expect(quote({}).row).toEqual({
    id: 'anthropic.claude-sonnet-4-6/regional/standard/us-east-1',
    source: 'atoy+awspage+genai+litellm+lmux+pl-fm-20260501',
    grade: 'A',
    asOf: '2026-11',
    tier: 'standard',
  });
});

test('equal queries get the same quote, whatever the object', () => {
  expect(quote({})).toBe(quote({ contextTokens: 900_000, timestamp: QUERY.timestamp - 1 }));
  expect(quote({})).not.toBe(quote({ region: 'us-west-2' }));
  expect(quote({ modelId: 'nobody.knows' })).toBe(quote({ modelId: 'nobody.knows' }));
});

describe('time', () => {
  const sol = (day: string) => rates(quote({ modelId: 'openai.gpt-5.6-sol', timestamp: Date.parse(day) })).input;

  test('a call is priced at the rates of its own day', () => {
    expect([sol('2026-08-20T23:59:59.999Z'), sol('2026-08-21T00:00:00Z')]).toEqual(['5.5', '4.4']);
  });

  test('before the first price that is known there is none', () => {
    expect(quote({ modelId: 'openai.gpt-5.6-sol', region: 'us-west-2', timestamp: Date.parse('2026-08-20') })).toMatchObject({
      unpriced: 'no price is known for that time: the first is of 2026-08-21',
      rates: {},
    });
  });

  test('before a price was published, without a change being known, it is flagged', () => {
    expect(quote({ timestamp: Date.parse('2026-01-01') }).flags).toEqual(['beforeEffectiveDate']);
    expect(quote({}).flags).toEqual([]);
  });
});

describe('context', () => {
  test.each([
    [272_000, '4.4', '22'],
    [272_001, '8.8', '33'],
  ])('%s tokens of GPT-5.6 Sol are priced in their band', (contextTokens, input, output) => {
    expect(rates(quote({ modelId: 'openai.gpt-5.6-sol', contextTokens }))).toMatchObject({ input, output });
  });
});

describe('tier', () => {
  test('a tier the model does not publish is priced as standard, flagged', () => {
    expect(quote({ tier: 'flex' })).toMatchObject({ rates: quote({}).rates, flags: ['tierFallback'], row: { tier: 'standard' } });
  });

  test('a published tier is no multiple of another', () => {
    const gemma = (tier: PriceQuery['tier']) => rates(quote({ modelId: 'google.gemma-3-27b-it', tier })).input;
    expect([gemma('standard'), gemma('flex'), gemma('priority')]).toEqual(['0.23', '0.12', '0.4']);
  });

  test('cache tokens in batch have no price, and are not free', () => {
    const batch = quote({ tier: 'batch' });
    expect(engine.cost(batch, { ...NO_USAGE, input: 10, cacheRead: 10 })).toMatchObject({ missing: ['cacheRead'], low: 16_500_000n });
    expect(engine.cost(batch, { ...NO_USAGE, input: 10, cacheRead: 10 }).usd).toBeUndefined();
  });

  test.each(['provisioned', 'reserved'] as const)('tokens of %s capacity cost nothing, guardrails still do', (tier) => {
    const hourly = quote({ tier });
    expect(hourly.flags).toContain('hourlyCapacity');
    expect(engine.cost(hourly, { ...NO_USAGE, input: 5_000, output: 100, cacheWrite: 7 }).usd).toBe(0n);
    expect(engine.cost(hourly, { ...NO_USAGE, units: { topicPolicyUnit: 1 } }).usd).toBeUndefined();
    expect(engine.cost(hourly, { ...NO_USAGE, units: { modelUnitHour: 1 } }).usd).toBeUndefined();
  });

  test('the hours of provisioned capacity depend on the commitment', () => {
    const hour = (commitment: string) =>
      rates(quote({ modelId: 'amazon.nova-micro-v1:0', tier: 'provisioned', spec: { commitment } })).modelUnitHour;
    expect([hour('none'), hour('1m'), hour('6m'), hour('9m')]).toEqual(['60.5', '55', '30.25', undefined]);
  });
});

describe('Region', () => {
  test('a Region without a price is unpriced, not priced like another', () => {
    expect(quote({ modelId: 'amazon.nova-micro-v1:0', region: 'ap-east-2' }).unpriced).toBe(
      'no regional price of the model is known in ap-east-2',
    );
    expect(quote({ region: 'mars-north-1' })).toMatchObject({
      rates: {},
      unpriced: 'no regional price of the model is known in mars-north-1',
    });
  });

  test('a global profile without a global price is unpriced', () => {
    expect(quote({ modelId: 'global.amazon.nova-micro-v1:0' }).unpriced).toBe('no global price of the model is known in us-east-1');
  });

  test('a rate without a Region is used, flagged, and not in GovCloud', () => {
    const rerank = { modelId: 'cohere.rerank-v3-5:0' };
    expect(quote(rerank).flags).toEqual(['regionUnlabelled', 'disputed']);
    expect(quote({ ...rerank, region: 'us-gov-west-1' }).unpriced).toContain('us-gov-west-1');
  });

  test.each([
    ['cn-north-1', 'CNY'],
    ['eusc-de-east-1', 'EUR'],
  ])('prices in %s are not in USD', (region, currency) => {
    expect(quote({ region }).unpriced).toBe(
      `prices in ${region} are in ${currency}, which does not add up with USD: set an override in USD`,
    );
  });
});

describe('spec', () => {
  const canvas = (size?: string, quality?: string) => {
    const spec = { ...(size && { size }), ...(quality && { quality }) };
    const found = quote({ modelId: 'amazon.nova-canvas-v1:0', spec });
    return found.unpriced ?? rates(found).image;
  };

  test('the longer side of an image decides', () => {
    expect(canvas('1024x1024', 'standard')).toBe('0.04');
    expect(canvas('512x1025', 'standard')).toBe('0.06');
    expect(canvas('2048x2048', 'premium')).toBe('0.08');
  });

  test.each([
    ['4096x1024', 'standard'],
    ['huge', 'standard'],
    ['1024x1024', undefined],
    [undefined, undefined],
  ])('%s and %s have no price', (size, quality) => {
    expect(canvas(size, quality)).toBe('the price depends on size and quality, and none is known for what was given');
  });
});

describe('usage', () => {
  test('an explicit zero is a price', () => {
    expect(engine.cost(quote({ modelId: 'amazon.nova-micro-v1:0' }), { ...NO_USAGE, cacheWrite5m: 40_000 }).usd).toBe(0n);
  });

  test('a cache write of unknown lifetime costs between the rates that the row publishes', () => {
    const { usd, low, high, byKind } = engine.cost(quote({}), { ...NO_USAGE, cacheWrite: 1_000 });
    expect([usd, low, high, byKind.cacheWrite]).toEqual([4_125_000_000n, 4_125_000_000n, 6_600_000_000n, 4_125_000_000n]);
  });

  test('a cache write of unknown lifetime is exact where there is one rate', () => {
    const { low, high } = engine.cost(quote({ modelId: 'openai.gpt-5.6-sol' }), { ...NO_USAGE, cacheWrite: 1_000 });
    expect([low, high]).toEqual([5_500_000_000n, 5_500_000_000n]);
  });

  test.each([NaN, -1, Infinity])('a count of %s has no price', (input) => {
    expect(engine.cost(quote({}), { ...NO_USAGE, input })).toMatchObject({ missing: ['input'], low: 0n });
  });

  test.each(['constructor', '__proto__', 'toString', 'images'])('a kind called %s has no price', (kind) => {
    const units = Object.fromEntries([[kind, 1]]);
    expect(engine.cost(quote({}), { ...NO_USAGE, units }).missing).toEqual([kind]);
  });

  test('a kind called like a member of every object has no price at rates of any origin', () => {
    const plain = { ...quote({}), rates: { input: 1n } };
    expect(engine.cost(plain, { ...NO_USAGE, units: { constructor: 1 } }).missing).toEqual(['constructor']);
  });

  test('fractions of a unit are exact to a millionth', () => {
    expect(engine.cost(quote({ modelId: 'amazon.nova-reel-v1:1' }), { ...NO_USAGE, units: { second: 6.04 } }).usd).toBe(483_200_000_000n);
  });

  test('an unknown model has no cost, however little is used', () => {
    const unknown = quote({ modelId: 'nobody.knows' });
    expect(unknown).toMatchObject({ unpriced: 'the model is not in the price catalogue', rates: {} });
    expect(engine.cost(unknown, { ...NO_USAGE, input: 1 }).usd).toBeUndefined();
  });
});

describe('application inference profiles', () => {
  test('are asked again until they are resolved', () => {
    const known = new Map<string, string>();
    const arn = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/x';
    const own = new PriceEngine({ profiles: (id) => known.get(id) });
    const ask = () => own.quote({ ...QUERY, modelId: arn });

    expect(ask().unpriced).toBe('the application inference profile is not resolved to a model');
    expect(ask()).toBe(ask());

    known.set(arn, 'global.anthropic.claude-sonnet-4-6');
    expect(rates(ask()).input).toBe('3');
    expect(ask()).toBe(ask());
  });
});

describe('properties', () => {
  const models = Catalogue.builtIn()
    .lines<{ model: string }>('model')
    .map(({ model }) => model);
  const count = fc.nat({ max: 2 ** 40 });
  const usage: fc.Arbitrary<Usage> = fc.record({
    input: count,
    cacheRead: count,
    cacheWrite5m: count,
    cacheWrite1h: count,
    cacheWrite: count,
    output: count,
    units: fc.dictionary(fc.constantFrom(...Object.keys(KINDS).filter((kind) => !(kind in NO_USAGE))), count, { maxKeys: 3 }),
  });
  const query: fc.Arbitrary<PriceQuery> = fc.record({
    modelId: fc
      .tuple(fc.constantFrom('', 'us.', 'global.', 'x.'), fc.oneof(fc.constantFrom(...models), fc.string({ unit: 'binary' })))
      .map((parts) => parts.join('')),
    region: fc.constantFrom('us-east-1', 'us-west-2', 'eu-central-1', 'us-gov-west-1', 'cn-north-1', ''),
    tier: fc.constantFrom(...TIERS),
    timestamp: fc.oneof(fc.constant(NaN), fc.integer({ min: 0, max: 4e12 })),
    contextTokens: fc.nat({ max: 2_000_000 }),
  });
  const sum = (one: Usage, other: Usage): Usage => {
    const kinds = [...new Set([...Object.keys(one.units ?? {}), ...Object.keys(other.units ?? {})])];
    return {
      input: one.input + other.input,
      cacheRead: one.cacheRead + other.cacheRead,
      cacheWrite5m: one.cacheWrite5m + other.cacheWrite5m,
      cacheWrite1h: one.cacheWrite1h + other.cacheWrite1h,
      cacheWrite: one.cacheWrite + other.cacheWrite,
      output: one.output + other.output,
      units: Object.fromEntries(kinds.map((kind) => [kind, (one.units?.[kind] ?? 0) + (other.units?.[kind] ?? 0)])),
    };
  };

  test('the cost of a sum is the sum of the costs, and lies between low and high', () => {
    fc.assert(
      fc.property(query, fc.array(usage, { minLength: 1, maxLength: 5 }), (asked, parts) => {
        const found = engine.quote(asked);
        const costs = parts.map((part) => engine.cost(found, part));
        const whole = engine.cost(found, parts.reduce(sum));
        expect(whole.low).toBe(costs.reduce((total, { low }) => total + low, 0n));
        expect(whole.high).toBe(costs.reduce((total, { high }) => total + high, 0n));
        expect(whole.usd === undefined).toBe(costs.some(({ usd }) => usd === undefined));
        expect(whole.low <= (whole.usd ?? whole.low) && (whole.usd ?? whole.low) <= whole.high).toBe(true);
      }),
      { numRuns: cases(1_000, 100_000) },
    );
  });

  test('a quote has rates or a reason, never both', () => {
    fc.assert(
      fc.property(query, (asked) => {
        const found = engine.quote(asked);
        return (Object.keys(found.rates).length === 0) === (found.unpriced !== undefined) && engine.quote(asked) === found;
      }),
      { numRuns: cases(1_000, 100_000) },
    );
  });
});

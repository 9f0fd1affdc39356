import { Catalogue } from '../../../engine/pricing/catalogue';
import { PriceOverrides } from '../../../engine/pricing/price-overrides';
import { formatRate } from '../../../engine/pricing/usd-text';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import type { PriceQuery, Quote } from '../../../engine/pricing/types';

const catalogue = Catalogue.builtIn();
const SONNET = 'anthropic.claude-sonnet-4-6';
const DAY = Date.parse('2026-11-20');

const read = (own: object): PriceOverrides => PriceOverrides.fromJson(JSON.stringify(own), catalogue);

function quote(own: object | undefined, query: Partial<PriceQuery> = {}): Quote {
  const engine = new PriceEngine({ catalogue, ...(own && { overrides: read(own) }) });
  return engine.quote({ modelId: `us.${SONNET}`, region: 'us-east-1', tier: 'standard', timestamp: DAY, contextTokens: 0, ...query });
}

const rate = ({ rates }: Quote, kind = 'input'): string | undefined =>
  rates[kind] === undefined ? undefined : formatRate(kind, rates[kind]);

describe('overrides', () => {
  const own = { overrides: [{ name: 'contract', model: SONNET, rates: { input: '2.9' } }] };

  test('beat the published rate, by kind, and are named', () => {
    const found = quote(own);

    expect([rate(found), rate(found, 'output')]).toEqual(['2.9', '16.5']);
    expect(found.row).toMatchObject({ id: `contract+${SONNET}/regional/standard/us-east-1`, source: 'override', grade: 'override' });
  });

  test('without them the published price is back', () => {
    expect(quote({})).toEqual(quote(undefined));
    expect(rate(quote({}))).toBe('3.3');
  });

  test('hold for both routings and all Regions unless they name one', () => {
    expect(rate(quote(own, { modelId: `global.${SONNET}`, region: 'eu-west-1' }))).toBe('2.9');

    const narrow = { overrides: [{ model: SONNET, routing: 'global', regions: ['us-east-1'], rates: { input: 2.5 } }] };
    expect(rate(quote(narrow))).toBe('3.3');
    expect(rate(quote(narrow, { modelId: `global.${SONNET}` }))).toBe('2.5');
    expect(rate(quote(narrow, { modelId: `global.${SONNET}`, region: 'us-west-2' }))).toBe('3');
  });

  test('hold in their period only', () => {
    const dated = { overrides: [{ model: SONNET, rates: { input: '1' }, from: '2026-11-01', until: '2026-12-01' }] };
    const on = (day: string) => rate(quote(dated, { timestamp: Date.parse(day) }));

    expect([on('2026-10-31T23:59:59Z'), on('2026-11-01'), on('2026-11-30'), on('2026-12-01')]).toEqual(['3.3', '1', '1', '3.3']);
  });

  test('of a tier leave the others alone', () => {
    const batch = { overrides: [{ model: SONNET, tier: 'batch', rates: { cacheRead: '0.2' } }] };

    expect(rate(quote(batch, { tier: 'batch' }), 'cacheRead')).toBe('0.2');
    expect(rate(quote(batch, { tier: 'batch' }))).toBe('1.65');
    expect(rate(quote(batch), 'cacheRead')).toBe('0.33');
  });

  test('of a context band leave the other band alone', () => {
    const long = { overrides: [{ model: 'openai.gpt-5.5', context: '272001-', rates: { input: '7' } }] };
    const of = (contextTokens: number) => rate(quote(long, { modelId: 'openai.gpt-5.5', contextTokens }));

    expect([of(272_000), of(272_001)]).toEqual(['5.5', '7']);
  });

  test('price a model that the catalogue does not have, if it is said to be new', () => {
    const arn = 'arn:aws:sagemaker:us-east-1:111122223333:endpoint/mine';
    const fresh = { overrides: [{ model: arn, newModel: true, rates: { input: '1', output: '2' } }] };

    expect(rate(quote(fresh, { modelId: arn }), 'output')).toBe('2');
  });

  test('give a USD price to Regions that are billed in another currency', () => {
    expect(
      rate(quote({ overrides: [{ model: SONNET, regions: ['cn-north-1'], rates: { input: '3.5' } }] }, { region: 'cn-north-1' })),
    ).toBe('3.5');
  });
});

describe('discounts', () => {
  test('are taken off every published rate of a provider', () => {
    const found = quote({ discounts: [{ name: 'EDP', provider: 'Anthropic', percent: '12.5' }] });

    expect([rate(found), rate(found, 'output'), rate(found, 'cacheRead')]).toEqual(['2.8875', '14.4375', '0.28875']);
    expect(found.row?.id).toBe(`EDP+${SONNET}/regional/standard/us-east-1`);
    expect(found.flags).toEqual(['discount']);
    expect(rate(quote({ discounts: [{ provider: 'Amazon', percent: 50 }] }))).toBe('3.3');
  });

  test('of a model beat those of its provider', () => {
    const discounts = [
      { provider: 'Anthropic', percent: '10' },
      { model: SONNET, percent: '20', until: '2026-12-01' },
    ];

    expect(rate(quote({ discounts }))).toBe('2.64');
    expect(rate(quote({ discounts }, { timestamp: Date.parse('2026-12-01') }))).toBe('2.97');
    expect(rate(quote({ discounts }, { modelId: 'anthropic.claude-opus-4-8' }))).toBe('4.95');
  });

  test('do not touch overridden rates, but the other kinds of the row', () => {
    const own = { overrides: [{ model: SONNET, rates: { input: '3' } }], discounts: [{ model: SONNET, percent: '10' }] };

    expect([rate(quote(own)), rate(quote(own), 'output')]).toEqual(['3', '14.85']);
  });

  test('that end in fractions of a pico-dollar are rounded half to even', () => {
    const cheap = (percent: string) =>
      quote({ discounts: [{ model: 'amazon.nova-micro-v1:0', percent }] }, { modelId: 'amazon.nova-micro-v1:0' });

    expect(cheap('0.02').rates.cacheRead).toBe(8_748n);
    expect(cheap('0.01').rates.input).toBe(34_996n);
  });

  test('of 100 percent make it free, which is a price', () => {
    expect(rate(quote({ discounts: [{ provider: 'Anthropic', percent: 100 }] }))).toBe('0');
  });
});

test.each([
  ['text that is not JSON', 'no', 'overrides are not JSON'],
  ['a list', '[]', 'overrides must be an object'],
  ['an unknown list', { prices: [] }, "'prices' is not known in overrides: use overrides or discounts"],
  ['an object for a list', { overrides: {} }, "'overrides' must be a list, got {}"],
  [
    'an unknown model',
    { overrides: [{ model: 'anthropic.claude-opus-4-9', rates: {} }] },
    "overrides[0]: 'model' is not in the price catalogue, got 'anthropic.claude-opus-4-9': use an id without routing prefix, for example anthropic.claude-opus-4-",
  ],
  [
    'an alias',
    { overrides: [{ model: 'openai.gpt-oss-120b', rates: { input: 1 } }] },
    "use 'openai.gpt-oss-120b-1:0', whose price it carries",
  ],
  ['a negative rate', { overrides: [{ model: SONNET, rates: { input: -1 } }] }, "overrides[0]: 'rates.input': '-1' is not an amount"],
  [
    'a rate finer than a pico-dollar',
    { overrides: [{ model: SONNET, rates: { input: '0.0000001' } }] },
    'at most 6 digits after the point',
  ],
  [
    'an unknown kind',
    { overrides: [{ model: SONNET, rates: { tokens: '1' } }] },
    "'rates.tokens' is not a kind that has prices: use one of input,",
  ],
  ['no rate', { overrides: [{ model: SONNET }] }, "'rates' must hold at least one rate"],
  ['no model', { overrides: [{ rates: { input: 1 } }] }, "'model' is missing"],
  ['a misspelt field', { overrides: [{ model: SONNET, rate: 1 }] }, "'rate' is not known: use name, model,"],
  ['an unknown tier', { overrides: [{ model: SONNET, tier: 'cheap', rates: { input: 1 } }] }, "'tier' must be one of standard, batch,"],
  [
    'an unknown routing',
    { overrides: [{ model: SONNET, routing: 'eu', rates: { input: 1 } }] },
    "'routing' must be one of regional, global, got 'eu'",
  ],
  ['no Regions', { overrides: [{ model: SONNET, regions: [], rates: { input: 1 } }] }, 'leave it out for all Regions'],
  ['a day that does not exist', { overrides: [{ model: SONNET, from: '2026-02-30', rates: { input: 1 } }] }, "'from' must be a day like"],
  [
    'a period that ends before it begins',
    { discounts: [{ model: SONNET, percent: 1, from: '2026-02-01', until: '2026-01-01' }] },
    "'until' must be after 'from'",
  ],
  ['an entry that is no object', { overrides: ['x'] }, 'overrides[0]: must be an object, got "x"'],
  [
    'a percentage above 100',
    { discounts: [{ model: SONNET, percent: 101 }] },
    "discounts[0]: 'percent' must be a number from 0 to 100, got '101'",
  ],
  ['a negative percentage', { discounts: [{ model: SONNET, percent: -5 }] }, "got '-5'"],
  ['a discount for nobody', { discounts: [{ percent: 5 }] }, "a discount needs either 'model' or 'provider'"],
  ['an unknown provider', { discounts: [{ provider: 'anthropic', percent: 5 }] }, "'provider' must be one of AI21 Labs, Amazon, Anthropic"],
  [
    'two overrides of the same calls',
    {
      overrides: [
        { name: 'a', model: SONNET, rates: { input: 1 } },
        { name: 'b', model: SONNET, rates: { input: 2 } },
      ],
    },
    "overrides contradict each other: overrides[0] 'a' and overrides[1] 'b' set different rates of input for the same calls: remove one",
  ],
  [
    'two discounts at one time',
    {
      discounts: [
        { name: 'a', model: SONNET, percent: 1 },
        { name: 'b', model: SONNET, percent: 2 },
      ],
    },
    "discounts contradict each other: discounts[0] 'a' and discounts[1] 'b' take different percentages for the same days: remove one",
  ],
])('fails on %s, saying what to do', (_, own, message) => {
  expect(() => PriceOverrides.fromJson(typeof own === 'string' ? own : JSON.stringify(own), catalogue)).toThrow(message);
});

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

  test('of one model merge kind by kind', () => {
    const halves = {
      overrides: [
        { model: SONNET, rates: { input: '0.5' } },
        { model: SONNET, rates: { output: '1.5' } },
      ],
    };
    const found = quote(halves);

    expect([rate(found), rate(found, 'output'), rate(found, 'cacheRead')]).toEqual(['0.5', '1.5', '0.33']);
  });

  test('for fewer calls take precedence, in whatever order they are written', () => {
    const all = { name: 'all', model: SONNET, rates: { input: '0.10', output: '9' } };
    const ireland = { name: 'ireland', model: SONNET, regions: ['eu-west-1'], rates: { input: '0.09' } };
    for (const overrides of [
      [all, ireland],
      [ireland, all],
    ]) {
      expect([rate(quote({ overrides })), rate(quote({ overrides }, { region: 'eu-west-1' }))]).toEqual(['0.1', '0.09']);
      expect(quote({ overrides }, { region: 'eu-west-1' }).row?.id).toMatch(/^ireland\+all\+anthropic/);
    }
  });

  test('of a tier that the model does not publish keep the rates of the fallback for other kinds, flagged', () => {
    const flex = quote({ overrides: [{ model: SONNET, tier: 'flex', rates: { input: '1' } }] }, { tier: 'flex' });

    expect([rate(flex), rate(flex, 'output')]).toEqual(['1', '16.5']);
    expect(flex.flags).toEqual(['tierFallback']);
  });

  test('of all kinds leave nothing of the published row, and none of its flags', () => {
    const rerank = { modelId: 'cohere.rerank-v3-5:0' };
    const own = { overrides: [{ name: 'contract', model: 'cohere.rerank-v3-5:0', rates: { query: '1' } }] };
    const kinds = Object.keys(quote(undefined, rerank).rates);
    const all = { overrides: [{ ...own.overrides[0]!, rates: Object.fromEntries(kinds.map((kind) => [kind, '1'])) }] };

    expect(quote(undefined, rerank).flags).toContain('disputed');
    expect(quote(all, rerank)).toMatchObject({ row: { id: 'contract' }, flags: [] });
  });

  test.each(['acme.foo-v1:0', 'us.acme.foo-v1:0', 'global.acme.foo-v1:0', 'arn:aws:bedrock:us-east-1::foundation-model/acme.foo-v1:0'])(
    'of a new model price %s, in the routing they name',
    (modelId) => {
      const both = { overrides: [{ model: 'acme.foo-v1:0', newModel: true, rates: { input: '1' } }] };
      const global = { overrides: [{ ...both.overrides[0]!, routing: 'global' }] };

      expect(rate(quote(both, { modelId }))).toBe('1');
      expect(rate(quote(global, { modelId }))).toBe(modelId.startsWith('global.') ? '1' : undefined);
    },
  );

  test('of an ARN are above those of the model behind it, and above the zero of capacity that is paid by the hour', () => {
    const arn = 'arn:aws:bedrock:us-east-1:111122223333:imported-model/abc';
    const found = quote({ overrides: [{ model: arn, newModel: true, rates: { input: '1' } }] }, { modelId: arn, tier: 'flex' });

    expect([rate(found), rate(found, 'output')]).toEqual(['1', '0']);
    expect(found.flags).toEqual(['hourlyCapacity']);
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

  test('follow the published price when it changes', () => {
    const sol = (day: string) =>
      rate(
        quote(
          { discounts: [{ provider: 'OpenAI', percent: 50, from: '2026-08-01', until: '2026-09-01' }] },
          { modelId: 'openai.gpt-5.6-sol', timestamp: Date.parse(day) },
        ),
      );

    expect(['2026-07-31', '2026-08-20', '2026-08-21', '2026-09-01'].map(sol)).toEqual(['5.5', '2.75', '2.2', '4.4']);
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

  test('for fewer days take precedence', () => {
    const discounts = [
      { model: SONNET, percent: '10' },
      { model: SONNET, percent: '20', from: '2026-11-01', until: '2026-12-01' },
    ];

    expect([rate(quote({ discounts })), rate(quote({ discounts }, { timestamp: Date.parse('2026-12-01') }))]).toEqual(['2.64', '2.97']);
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

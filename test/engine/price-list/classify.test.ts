import fc from 'fast-check';
import { classify, type Classified } from '../../../engine/price-list/classify';
import { ModelNames } from '../../../engine/price-list/model-names';
import { SERVICES, type OfferRow } from '../../../engine/price-list/offer-row';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { formatRate } from '../../../engine/pricing/usd-text';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { offerOf } from './fake-price-list';

const catalogue = Catalogue.builtIn();
const names = new ModelNames(catalogue);

const rows: OfferRow[] = SERVICES.flatMap((service) => {
  const { products, terms } = offerOf(service);
  return Object.values(terms.OnDemand).flatMap((term) =>
    Object.values(term).map(({ sku, effectiveDate, priceDimensions }) => ({
      sku,
      attributes: products[sku]!.attributes,
      steps: Object.values(priceDimensions).map((step) => ({ beginRange: '0', ...step })),
      effective: effectiveDate.slice(0, 10),
    })),
  );
});

/** A row of the price list, as far as a test cares. */
function row(usagetype: string, usd: string, unit: string, attributes: Record<string, string> = {}): OfferRow {
  const steps = [{ unit, beginRange: '0', pricePerUnit: { USD: usd } }];
  return { sku: 'SKU', attributes: { usagetype, ...attributes }, steps, effective: '2026-07-01' };
}

const marketplace = (words: string, usd: string, unit = '1M tokens', name = 'Claude Sonnet 4.6'): Classified =>
  classify(row(`USE1-MP:USE1_${words}-Units`, usd, unit, { servicename: `${name} (Amazon Bedrock Edition)` }), names, 'us-east-1');
const plain = (usagetype: string, usd: string, unit = '1K tokens', attributes = {}): Classified =>
  classify(row(usagetype, usd, unit, attributes), names, 'us-east-1');

const reason = (classified: Classified): unknown => (classified.state === 'unclassified' ? classified.reason : classified);

test('each of the real rows is priced as the catalogue has it, or left out by a rule', () => {
  const engine = new PriceEngine({ catalogue });
  expect(rows).toHaveLength(70);
  for (const real of rows) {
    const classified = classify(real, names, 'us-east-1');
    if (/Reserved/.test(real.attributes.usagetype!)) {
      expect(classified).toEqual({ state: 'excluded', rule: 'reservedThroughput' });
      continue;
    }
    if (classified.state !== 'priced') throw new Error(`${real.attributes.usagetype} is ${classified.state}`);
    const { model, routing, tier, longContext, spec, kind, rate } = classified.rate;
    const { rates } = engine.quote({
      modelId: routing === 'global' ? `global.${model}` : model,
      region: 'us-east-1',
      tier,
      timestamp: Date.parse('2026-11-20'),
      contextTokens: longContext ? 250_000 : 1,
      spec,
    });
    expect({ usagetype: real.attributes.usagetype, kind, rate }).toEqual({
      usagetype: real.attributes.usagetype,
      kind,
      rate: formatRate(kind, rates[kind]!),
    });
  }
});

const PRICED: ReadonlyArray<readonly [string, Classified, object]> = [
  [
    'a 1-hour write, which contains InputTokenCount',
    marketplace('CacheWrite1hInputTokenCount_Global', '6'),
    { kind: 'cacheWrite1h', routing: 'global', rate: '6' },
  ],
  [
    'a write of five minutes',
    marketplace('CacheWriteInputTokenCount', '4.125'),
    { kind: 'cacheWrite5m', routing: 'regional', rate: '4.125' },
  ],
  ['the unit of the query API', marketplace('InputTokenCount', '3.3', 'Units'), { kind: 'input', rate: '3.3' }],
  [
    'snake case',
    marketplace('cache_write_tokens_1h_standard', '11', '1M tokens', 'Claude Opus 4.7'),
    { model: 'anthropic.claude-opus-4-7', kind: 'cacheWrite1h' },
  ],
  ['a global batch', marketplace('InputTokenCount_Global_Batch', '1.5'), { tier: 'batch', routing: 'global' }],
  ['the other spelling of a batch', marketplace('MillionBatchInputTokens', '1.5'), { tier: 'batch', routing: 'regional', kind: 'input' }],
  [
    'a latency-optimized tier',
    plain('USE1-NovaPro-input-tokens-latency-optimized', '0.001', '1K tokens', { model: 'Nova Pro' }),
    { tier: 'latency', rate: '1' },
  ],
  ['a thousand tokens', plain('USE1-NovaMicro-input-tokens', '0.0000350000', '1K tokens', { model: 'Nova Micro' }), { rate: '0.035' }],
  [
    'speech',
    plain('USE1-NovaSonic-speech-input-tokens', '0.0034', '1K tokens', { model: 'Nova Sonic' }),
    { kind: 'speechInput', rate: '3.4' },
  ],
  [
    'the id of a model in a usage type',
    plain('USE1-qwen.qwen3-32b-mantle-input-tokens-standard', '0.00015'),
    { model: 'qwen.qwen3-32b-v1:0', mantle: true, tier: 'standard' },
  ],
  [
    'an OpenAI write, whatever its lifetime is called',
    plain('USE1-openai.gpt-5.6-luna-mantle-cache-write-tokens-5m-long-ctx-flex', '0.0001'),
    { kind: 'cacheWrite30m', longContext: true, tier: 'flex' },
  ],
  ['search units', plain('USW2-AmazonRerank-v1-searchunits', '0.001', 'SearchUnit'), { kind: 'searchUnit', rate: '0.001' }],
  [
    'the text of images, which is input like any other',
    plain('USE1-TitanEmbeddingsG1-Image-input-tokens', '0.0008'),
    { model: 'amazon.titan-embed-image-v1', kind: 'input', rate: '0.8' },
  ],
  [
    'a prefix of another Region',
    plain('APS7-NovaMicro-output-tokens', '0.00014', '1K tokens', { model: 'Nova Micro' }),
    { kind: 'output' },
  ],
];

test.each(PRICED)('%s is what it is', (_what, classified, expected) => {
  expect(classified).toMatchObject({ state: 'priced', rate: expected });
});

const EXCLUDED: ReadonlyArray<readonly [string, Classified]> = [
  ['reservedThroughput', marketplace('Reserved_1Month_InputTPM_Geo', '0.198', '1M TPM Hour')],
  ['reservedThroughput', plain('USE1-NovaPro-tpm', '1', '1KTPMHour')],
  ['guardrail', plain('USE1-Guardrail-ContentPolicyUnitsConsumed', '0.00015', 'TextUnit')],
  ['perItem', plain('USE1-NovaCanvas-T2I-1024-Standard', '0.04', 'image')],
  ['perItem', plain('USE1-NovaMultiModalEmbeddings-input-audio-second', '0.14', '1K seconds')],
  ['perItem', plain('USE1-TitanEmbeddingsG1-Image-input-image', '0.00006', 'Images Processed')],
  ['otherRegion', plain('EUC1-NovaMicro-input-tokens', '1', '1K tokens', { regionCode: 'eu-central-1' })],
  [
    'otherCurrency',
    classify(
      { ...row('CNN1-x-input-tokens', '', '1K tokens'), steps: [{ unit: '1K tokens', beginRange: '0', pricePerUnit: { CNY: '1' } }] },
      names,
      'us-east-1',
    ),
  ],
];

test.each(EXCLUDED)('rule %s leaves a row out', (rule, classified) => {
  expect(classified).toEqual({ state: 'excluded', rule });
});

const UNCLASSIFIED: ReadonlyArray<readonly [string, Classified, string]> = [
  ['a model that only begins like another', marketplace('InputTokenCount', '3', '1M tokens', 'Claude Opus 4.77'), 'no model is known'],
  [
    'a name that two models have',
    plain('USE1-NovaReel-input-tokens', '1', '1K tokens', { model: 'Nova Reel' }),
    "no model is known as 'Nova Reel'",
  ],
  ['an unknown word', marketplace('InputTokenCount_Lunar', '3'), 'its words are not known'],
  ['two tiers', marketplace('InputTokenCount_Batch_Flex', '3'), 'its words are not known'],
  ['a unit that is not known', marketplace('InputTokenCount', '3', '1B tokens'), "per '1B tokens' is not a price of input"],
  ['Units outside the Marketplace', plain('USE1-NovaMicro-input-tokens', '1', 'Units', { model: 'Nova Micro' }), "per 'Units'"],
  ['an amount finer than can be counted', marketplace('InputTokenCount', '0.0000001'), 'is not a price of input'],
  ['a negative amount', marketplace('InputTokenCount', '-3'), "the amount '-3'"],
  ['a lifetime of a read', marketplace('CacheRead1hInputTokenCount', '3'), 'do not make a kind'],
  ['a cache read of output', marketplace('CacheReadOutputTokenCount', '3'), 'do not make a kind'],
  ['a cache read of images', plain('USE1-NovaMicro-image-cache-read', '1', '1K tokens', { model: 'Nova Micro' }), 'do not make a kind'],
  ['tokens of no direction', marketplace('TokenCount', '3'), 'do not make a kind'],
  ['provisioned throughput without a commitment', marketplace('ProvisionedThroughput_ModelUnits', '3', 'hour'), 'do not make a kind'],
];

test.each(UNCLASSIFIED)('%s is not priced, and is counted', (_what, classified, why) => {
  expect(reason(classified)).toContain(why);
});

test('a price that depends on the quantity is not understood', () => {
  const stepped = row('USE1-NovaMicro-input-tokens', '1', '1K tokens', { model: 'Nova Micro' });
  expect(reason(classify({ ...stepped, steps: [...stepped.steps, ...stepped.steps] }, names, 'us-east-1'))).toContain(
    'depends on the quantity',
  );
});

test('whatever a row says, it ends in one state and nothing is thrown', () => {
  const words = fc.constantFrom(
    'Input',
    'token',
    '-',
    '_',
    'Cache',
    'Write',
    '1h',
    'global',
    'USE1',
    'MP:USE1_',
    '-Units',
    'Batch',
    'x',
    '',
  );
  const usagetype = fc.array(words, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(usagetype, fc.string(), fc.string(), fc.constantFrom('Nova Micro', 'x'), (usage, usd, unit, model) => {
      expect(['priced', 'excluded', 'unclassified']).toContain(plain(usage, usd, unit, { model }).state);
    }),
  );
});

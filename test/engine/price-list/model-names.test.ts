import fc from 'fast-check';
import { classify, type Classified } from '../../../engine/price-list/classify';
import { KNOWN_NAMES, KNOWN_STEMS, NAMES_WITHOUT_MODEL } from '../../../engine/price-list/known-names';
import { ModelNames } from '../../../engine/price-list/model-names';
import type { OfferRow } from '../../../engine/price-list/offer-row';
import { Catalogue, type ModelInfo } from '../../../engine/pricing/catalogue';
import { ACTIVE_MODELS, type Reach } from './active-models';

const catalogue = Catalogue.builtIn();
const names = new ModelNames(catalogue);
const models = catalogue.lines<ModelInfo>('model');

function row(usagetype: string, attributes: Readonly<Record<string, string>>, unit = '1K tokens'): OfferRow {
  const steps = [{ unit, beginRange: '0', pricePerUnit: { USD: '0.0010000000' } }];
  return { sku: 'SKU', attributes: { usagetype, ...attributes }, steps, effective: '2026-07-01' };
}

const modelOf = (classified: Classified): string => (classified.state === 'priced' ? classified.rate.model : JSON.stringify(classified));
const byModel = (model: string): Classified => classify(row('USE1-SomeModel-input-tokens', { model }), names, 'us-east-1');
const inMarketplace = (name: string, words = 'InputTokenCount'): Classified =>
  classify(row(`USE1-MP:USE1_${words}-Units`, { servicename: `${name} (Amazon Bedrock Edition)` }, '1M tokens'), names, 'us-east-1');

describe('every active model of the catalogue', () => {
  test.each(models.filter(({ lifecycle }) => lifecycle === 'active'))(
    '$model has a line that says how the Price List reaches it',
    ({ model }) => {
      expect(ACTIVE_MODELS).toHaveProperty([model]);
      const reach: Reach = ACTIVE_MODELS[model]!;
      if ('none' in reach) {
        expect([...KNOWN_NAMES, ...KNOWN_STEMS].map(([, known]) => known)).not.toContain(model);
      } else if ('name' in reach) {
        expect(names.find({ model: reach.name }, undefined)).toEqual({ model });
      } else {
        const unit = reach.usagetype.endsWith('searchunits') ? 'SearchUnit' : '1K tokens';
        expect(modelOf(classify(row(reach.usagetype, {}, unit), names, 'us-east-1'))).toBe(model);
      }
    },
  );

  test('no line is for a model that is not active', () => {
    const active = models.filter(({ lifecycle }) => lifecycle === 'active').map(({ model }) => model);
    expect(Object.keys(ACTIVE_MODELS).filter((model) => !active.includes(model))).toEqual([]);
  });
});

test.each(KNOWN_NAMES)("'%s' is %s as a model and as a service of the Marketplace", (name, model) => {
  expect(models.map((info) => info.model)).toContain(model);
  expect(modelOf(byModel(name))).toBe(model);
  expect(modelOf(inMarketplace(name))).toBe(model);
});

test.each(KNOWN_STEMS)("usage types that begin with '%s' are of %s", (stem, model) => {
  const unit = stem === 'AmazonRerank-v1' ? 'SearchUnit' : '1K tokens';
  const words = stem === 'AmazonRerank-v1' ? 'searchunits' : 'input-tokens';
  const classified = classify(row(`USE1-${stem}-${words}`, {}, unit), names, 'us-east-1');
  expect(classified).toMatchObject({ state: 'priced', rate: { model, kind: stem === 'AmazonRerank-v1' ? 'searchUnit' : 'input' } });
});

test.each([
  ['Nova Pro Latency Optimized', 'USE1-NovaPro-input-tokens-latency-optimized', 'amazon.nova-pro-v1:0'],
  ['Nova Pro Latency Optimized', 'USE1-NovaPro-input-tokens', 'amazon.nova-pro-v1:0'],
  ['Llama 3.1 70B Latency Optimized', 'USE2-Llama3-1-70B-input-tokens', 'meta.llama3-1-70b-instruct-v1:0'],
  ['Llama 3.1 405B Latency Optimized', 'USE2-Llama3-1-405B-LatencyOptimized-input-tokens', 'meta.llama3-1-405b-instruct-v1:0'],
])('%s in %s is the latency tier of %s, never its standard one', (model, usagetype, expected) => {
  const classified = classify(row(usagetype, { model }), names, 'us-east-1');
  expect(classified).toMatchObject({ state: 'priced', rate: { model: expected, tier: 'latency' } });
});

test('a name of one tier and a usage type of another are not understood', () => {
  expect(classify(row('USE1-NovaPro-input-tokens-batch', { model: 'Nova Pro Latency Optimized' }), names, 'us-east-1')).toMatchObject({
    state: 'unclassified',
    reason: expect.stringContaining('say different tiers') as string,
  });
});

test.each([...NAMES_WITHOUT_MODEL])("'%s' has prices of its own and no id: it is left out", (name) => {
  expect(inMarketplace(name)).toEqual({ state: 'excluded', rule: 'noModel' });
});

test.each([
  ['OpenAI GPT-6 Sol', 'openai.gpt-6-sol'],
  ['GPT 6.1 Terra', 'openai.gpt-6.1-terra'],
  ['openai.gpt-5.4', 'openai.gpt-5.4'],
  ['Kimi K3.1', 'moonshotai.kimi-k3.1'],
  ['Moonshot AI Kimi K3', 'moonshotai.kimi-k3'],
  ['Grok 4.7', 'xai.grok-4.7'],
  ['GLM 5.3', 'zai.glm-5.3'],
  ['Gemma 4 31B', 'google.gemma-4-31b'],
  ['TwelveLabs Pegasus 1.5', 'twelvelabs.pegasus-1-5-v1:0'],
  ['Llama 3.1 8B Instruct', 'meta.llama3-1-8b-instruct-v1:0'],
  ['Meta Llama-3.1 8B', 'meta.llama3-1-8b-instruct-v1:0'],
  ['Amazon Nova Lite', 'amazon.nova-lite-v1:0'],
  ['nova lite', 'amazon.nova-lite-v1:0'],
  ['Mistral AI Mistral Large 3', 'mistral.mistral-large-3-675b-instruct'],
  ['QWEN3 CODER 480B-A35B Instruct', 'qwen.qwen3-coder-480b-a35b-v1:0'],
  ['DeepSeek R1', 'deepseek.r1-v1:0'],
  ['COMMAND R+', 'cohere.command-r-plus-v1:0'],
  ['command-r', 'cohere.command-r-v1:0'],
])("'%s', which is in no table, is %s by its key", (name, model) => {
  expect(names.find({ model: name }, undefined)).toEqual({ model });
});

test.each([
  'Mistral Large 2411',
  'Mistral Large 2',
  'Claude Opus 4.77',
  'Claude Opus 6',
  'Claude Sonnet 5 Fast',
  'Claude Opus 45',
  'Command R++',
  'Cohere Embed v5',
  'Cohere Embed',
  'Cohere Rerank',
  'Rerank',
  'DeepSeek V3',
  'Llama 31 8B',
  'Llama 3 3 70B v2',
  'Nova Reel',
  'Amazon Nova Reel',
  'Nova Pro Throughput Optimized',
  'Stable Diffusion XL',
  'V3',
  'M2',
  '',
  'Amazon Bedrock',
  'constructor',
])("'%s' is no known model: a similar name is no match", (name) => {
  expect(names.find({ model: name }, undefined)).toBeUndefined();
});

test.each([
  ['Mistral Large', 'mistral.mistral-large-2402-v1:0'],
  ['Mistral Large 2407', 'mistral.mistral-large-2407-v1:0'],
  ['mistral-large-2407', 'mistral.mistral-large-2407-v1:0'],
  ['Command R', 'cohere.command-r-v1:0'],
  ['Command R+', 'cohere.command-r-plus-v1:0'],
])("'%s' stays %s beside its relatives", (name, model) => {
  expect(names.find({ model: name }, undefined)).toEqual({ model });
});

test('with a second model of the same key, the key finds neither', () => {
  const twin = JSON.stringify({ model: 'other.gpt-6-sol', name: 'gpt 6 sol', provider: 'Other', lifecycle: 'active' });
  const text = models.map((info) => JSON.stringify(info)).join('\n');
  const rivals = new ModelNames(Catalogue.fromText(`${text}\n${twin}\n`));
  expect(rivals.find({ model: 'GPT-6 Sol' }, undefined)).toBeUndefined();
  expect(rivals.find({ model: 'OpenAI GPT-6 Sol' }, undefined)).toEqual({ model: 'openai.gpt-6-sol' });
});

test('another spelling of a known name finds the same model or none', () => {
  const spelling = fc.constantFrom<(name: string) => string>(
    (name) => name.toUpperCase(),
    (name) => name.toLowerCase(),
    (name) => name.replaceAll(' ', '-'),
    (name) => name.replaceAll(' ', '  '),
    (name) => `${name} Instruct`,
    (name) => name.replaceAll('-', ' '),
  );
  fc.assert(
    fc.property(fc.constantFrom(...KNOWN_NAMES), fc.array(spelling, { maxLength: 3 }), ([name, model], changes) => {
      const found = names.find({ model: changes.reduce((text, change) => change(text), name) }, undefined);
      expect(found?.model ?? model).toBe(model);
    }),
    { numRuns: 2000 },
  );
});

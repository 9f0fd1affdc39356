import { KNOWN_NAMES } from '../../../engine/price-list/known-names';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { formatRate } from '../../../engine/pricing/usd-text';
import { addRow, offerOf, reprice, sonnetOnly } from './fake-price-list';
import { INPUT, MODELS, Refresher, SONNET } from './refresher';

let prices: Refresher;

beforeEach(() => {
  prices = new Refresher();
});

test('rows that cannot be read are counted, those of tokens apart, and named', async () => {
  const offer = offerOf('AmazonBedrock');
  addRow(offer, 'USE1-NovaMicro-input-tokens', 'USE1-NovaMicro-input-tokens-holographic', '0.1');
  addRow(offer, 'USE1-NovaMicro-input-tokens', 'USE1-NovaGiga-input-tokens', '0.1', { model: 'Nova Giga' });
  addRow(offer, 'USE1-NovaMicro-Customization-Storage', 'USE1-NovaMicro-Shelf', '0.1');
  prices.list.offers.set('AmazonBedrock', offer);
  const { offers } = await prices.run();
  expect(offers.unclassified.map(({ reason, tokens }) => [reason, tokens])).toEqual([
    ['USE1-NovaMicro-input-tokens-holographic: its words are not known', true],
    ["USE1-NovaGiga-input-tokens: no model is known as 'Nova Giga'", true],
    ['USE1-NovaMicro-Shelf: its words are not known', false],
  ]);
});

test('what cannot be used is new once: never on the first run, and then only on the run that sees it first', async () => {
  const offer = offerOf('AmazonBedrock');
  const models = sonnetOnly();
  const hologram = 'USE1-NovaMicro-input-tokens-holographic';
  addRow(offer, 'USE1-NovaMicro-input-tokens', hologram, '0.1');
  addRow(offer, 'USE1-NovaMicro-Customization-Storage', 'USE1-NovaMicro-Shelf', '0.1');
  reprice(models, INPUT, '166', '2026-09-01');
  prices.list.offers.set('AmazonBedrock', offer).set(MODELS, models);
  const first = await prices.run();
  expect(first).toMatchObject({ isFirst: true, news: { unclassified: [], quarantined: [] } });
  expect(first.open).toEqual({
    unclassified: [`${hologram} of Nova Micro`],
    quarantined: [`${INPUT}: input of ${SONNET} 3.3 -> 166`],
  });

  const giga = 'USE1-NovaGiga-input-tokens';
  addRow(offer, 'USE1-NovaMicro-input-tokens', giga, '0.1', { model: 'Nova Giga' });
  addRow(offer, 'USE1-NovaMicro-input-tokens', 'USE1-NovaMicro-input-tokens-long-context', '0.0000700000');
  addRow(offer, 'USE1-NovaMicro-Customization-Storage', 'USE1-NovaMicro-Drawer', '0.1');
  reprice(models, 'USE1-MP:USE1_OutputTokenCount-Units', '1650', '2026-09-01');
  addRow(models, 'USE1-MP:USE1_CacheReadInputTokenCount-Units', 'USE1-MP:USE1_cache_read_tokens_standard-Units', '0.1');
  expect(await prices.run()).toMatchObject({
    isFirst: false,
    news: {
      unclassified: [
        `${giga} of Nova Giga`,
        'USE1-NovaMicro-input-tokens-long-context: the catalogue does not say where long contexts of amazon.nova-micro-v1:0 begin',
      ],
      quarantined: [
        'USE1-MP:USE1_CacheReadInputTokenCount-Units says 0.33, USE1-MP:USE1_cache_read_tokens_standard-Units says 0.1',
        expect.stringContaining('16.5 -> 1650'),
      ],
    },
  });
  expect((await prices.run()).news).toEqual({ unclassified: [], quarantined: [] });
});

test('a catalogue of a version that remembered nothing makes nothing new', async () => {
  await prices.run();
  prices.stored = prices.stored!.replace(/,"open":\{.*?\}/, '');
  const offer = offerOf('AmazonBedrock');
  addRow(offer, 'USE1-NovaMicro-input-tokens', 'USE1-NovaMicro-input-tokens-holographic', '0.1');
  prices.list.offers.set('AmazonBedrock', offer);
  expect((await prices.run()).news.unclassified).toEqual([]);
  expect((await prices.run()).open.unclassified).toHaveLength(1);
});

test('a stored catalogue that no refresh can have made is not read', async () => {
  await prices.run();
  prices.stored = prices.stored!.replace('\n', `\n{"source":"padding","what":"${'x'.repeat(20_000_000)}"}\n`);
  expect((await prices.run()).isFirst).toBe(true);
});

test('rows under every known name confirm the catalogue: none is left over', async () => {
  const offer = offerOf('AmazonBedrock');
  const builtIn = Catalogue.builtIn();
  const engine = new PriceEngine({ catalogue: builtIn });
  const named = KNOWN_NAMES.flatMap(([name, model], at) => {
    const { rates } = engine.quote({
      modelId: model,
      region: 'us-east-1',
      tier: 'standard',
      contextTokens: 1,
      timestamp: Date.parse('2026-11-20'),
    });
    return rates.input === undefined ? [] : [{ name, usagetype: `USE1-Known${at}-input-tokens`, usd: formatRate('input', rates.input) }];
  });
  for (const { name, usagetype, usd } of named) {
    addRow(offer, 'USE1-NovaMicro-input-tokens', usagetype, usd, { model: name });
    Object.values(offer.terms.OnDemand[Object.keys(offer.products).at(-1)!]!).forEach((term) => {
      for (const step of Object.values(term.priceDimensions)) step.unit = '1M tokens';
    });
  }
  prices.list.offers.set('AmazonBedrock', offer);
  const { offers, changed, added, quarantined } = await prices.run();
  expect(named.length).toBeGreaterThan(60);
  expect({ unclassified: offers.unclassified, contradictions: offers.contradictions, changed, added, quarantined }).toEqual({
    unclassified: [],
    contradictions: [],
    changed: [],
    added: [],
    quarantined: [],
  });
});

test('a rate for long contexts of a model without a context band is not placed', async () => {
  const offer = offerOf('AmazonBedrock');
  addRow(offer, 'USE1-NovaMicro-input-tokens', 'USE1-NovaMicro-input-tokens-long-context', '0.0000700000');
  prices.list.offers.set('AmazonBedrock', offer);
  const { unplaced } = await prices.run();
  expect(unplaced).toEqual([
    'USE1-NovaMicro-input-tokens-long-context: the catalogue does not say where long contexts of amazon.nova-micro-v1:0 begin',
  ]);
});

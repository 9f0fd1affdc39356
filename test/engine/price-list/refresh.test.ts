import { Catalogue } from '../../../engine/pricing/catalogue';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { problemsOf } from '../../../engine/pricing/catalogue-problems';
import type { Quote, Tier } from '../../../engine/pricing/types';
import { formatRate } from '../../../engine/pricing/usd-text';
import { cases } from '../../cases';
import { addRow, offerOf, removeRow, reprice, sonnetOnly } from './fake-price-list';
import { INPUT, MODELS, Refresher, SONNET, TODAY } from './refresher';

let prices: Refresher;

beforeEach(() => {
  prices = new Refresher();
});

function quote(day: string, query: { modelId?: string; tier?: Tier } = {}): Quote {
  const engine = new PriceEngine({ catalogue: Catalogue.fromText(prices.stored!) });
  return engine.quote({ modelId: SONNET, region: 'us-east-1', tier: 'standard', contextTokens: 1, timestamp: Date.parse(day), ...query });
}

const inputRate = (found: Quote): string => formatRate('input', found.rates.input!);

test('the real rows confirm the catalogue: nothing changes, and every price carries the price list as its source', async () => {
  const { offers, changed, added, quarantined, unplaced } = await prices.run();
  expect({ changed, added, quarantined, unplaced }).toEqual({ changed: [], added: [], quarantined: [], unplaced: [] });
  expect(offers).toMatchObject({ contradictions: [], unclassified: [] });
  expect(offers.rates).toHaveLength(60);
  expect(problemsOf(prices.stored!)).toEqual([]);
  expect(quote('2026-11-20').row).toMatchObject({ grade: 'A', source: expect.stringContaining(`read:${MODELS}:us-east-1:2026-05-01`) });
  expect(Catalogue.fromText(prices.stored!).version).toBe(`${Catalogue.builtIn().version}/us-east-1/${TODAY}`);
});

test('no model, Region or tier loses or changes a price, the refreshed Region and all others alike', async () => {
  await prices.run();
  const [before, after] = [Catalogue.builtIn(), Catalogue.fromText(prices.stored!)];
  const engines = [new PriceEngine({ catalogue: before }), new PriceEngine({ catalogue: after })];
  const models = before.lines<{ model: string }>('model');
  const every = Math.ceil(models.length / cases(30, models.length));
  for (const { model } of models.filter((_, index) => index % every === 0)) {
    for (const region of ['us-east-1', 'us-west-2', 'eu-central-1', 'ap-northeast-1']) {
      for (const modelId of [model, `global.${model}`]) {
        for (const tier of ['standard', 'batch', 'priority', 'custom'] as const) {
          for (const contextTokens of [1, 250_000]) {
            const query = { modelId, region, tier, contextTokens, timestamp: Date.parse('2026-11-20') };
            const [old, refreshed] = engines.map((engine) => engine.quote(query));
            expect({ modelId, region, rates: refreshed!.rates }).toEqual({ modelId, region, rates: old!.rates });
          }
        }
      }
    }
  }
});

test('a second run without news stores the same prices', async () => {
  await prices.run();
  const first = prices.stored;
  const { changed, offers } = await prices.run();
  expect(prices.stored).toBe(first);
  expect(changed).toEqual([]);
  expect(offers.rates).toHaveLength(60);
});

test('a changed price holds from its day on, the old one before it, through two changes and a run in between', async () => {
  const offer = sonnetOnly();
  prices.list.offers.set(MODELS, offer);
  reprice(offer, INPUT, '2.2000000000', '2026-09-01');
  expect((await prices.run()).changed).toEqual([`${INPUT}: input of ${SONNET} 3.3 -> 2.2`]);
  await prices.run();
  reprice(offer, INPUT, '1.1000000000', '2026-11-01');
  await prices.run();
  expect(['2026-08-31', '2026-09-01', '2026-10-31', '2026-11-01'].map((day) => inputRate(quote(day)))).toEqual([
    '3.3',
    '2.2',
    '2.2',
    '1.1',
  ]);
  expect(quote('2026-11-20').rates.output).toBe(quote('2026-08-01').rates.output);
});

test('what an older version of the library stored is built upon, sources and reasons included', async () => {
  const offer = sonnetOnly();
  prices.list.offers.set(MODELS, offer);
  reprice(offer, INPUT, '2.2000000000', '2026-09-01');
  await prices.run();
  prices.stored = prices.stored!.replaceAll('"atoy"', '"once"').replaceAll('"us-at-global"', '"long-ago"');
  await prices.run();
  expect(inputRate(quote('2026-08-31'))).toBe('3.3');
});

test('a price that vanishes from the price list is kept', async () => {
  const offer = offerOf(MODELS);
  const [sku] = Object.entries(offer.products).find(([, { attributes }]) => attributes.usagetype?.includes('cache_read_tokens_standard'))!;
  removeRow(offer, sku);
  prices.list.offers.set(MODELS, offer);
  await prices.run();
  expect(formatRate('cacheRead', quote('2026-11-20', { modelId: 'anthropic.claude-opus-4-7' }).rates.cacheRead!)).toBe('0.55');
});

test('a new price of a known model is added', async () => {
  const offer = offerOf('AmazonBedrock');
  addRow(offer, 'USE1-NovaMicro-input-tokens', 'USE1-NovaMicro-input-tokens-flex', '0.0000200000');
  prices.list.offers.set('AmazonBedrock', offer);
  expect((await prices.run()).added).toEqual(['USE1-NovaMicro-input-tokens-flex: input of amazon.nova-micro-v1:0 is new: 0.02']);
  expect(inputRate(quote('2026-11-20', { modelId: 'amazon.nova-micro-v1:0', tier: 'flex' }))).toBe('0.02');
});

test('a price that moved by more than five times is quarantined until the event accepts it', async () => {
  const offer = sonnetOnly();
  prices.list.offers.set(MODELS, offer);
  reprice(offer, INPUT, '16.6000000000', '2026-09-01');
  const { changed, quarantined } = await prices.run();
  expect(changed).toEqual([]);
  expect(quarantined).toEqual([`${INPUT}: input of ${SONNET} 3.3 -> 16.6 (moved by more than five times)`]);
  expect(inputRate(quote('2026-11-20'))).toBe('3.3');
  await prices.run({ acceptQuarantined: true });
  expect(inputRate(quote('2026-11-20'))).toBe('16.6');
});

test('new prices of $0.00 make nothing free: Nova Micro has no global price, whatever its cache writes cost', async () => {
  const offer = offerOf('AmazonBedrock');
  for (const words of ['input-tokens', 'output-tokens', 'cache-read-input-token-count', 'cache-write-input-token-count']) {
    addRow(offer, 'USE1-NovaMicro-input-tokens', `USE1-NovaMicro-${words}-cross-region-global`, '0.0000000000');
  }
  prices.list.offers.set('AmazonBedrock', offer);
  const before = new PriceEngine({ catalogue: Catalogue.builtIn() });
  const query = { modelId: 'global.amazon.nova-micro-v1:0' };
  const { added, quarantined } = await prices.run({ acceptQuarantined: true });
  expect(added).toEqual([]);
  expect(quarantined).toHaveLength(4);
  expect(quote('2026-11-20', query).rates).toEqual(
    before.quote({ ...query, region: 'us-east-1', tier: 'standard', contextTokens: 1, timestamp: Date.parse('2026-11-20') }).rates,
  );
});

test.each([
  ['five times as much', '16.5', true],
  ['a little more than that', '16.500001', false],
  ['a fifth', '0.66', true],
  ['a little less than that', '0.659999', false],
  ['nothing', '0', false],
])('a price of %s is applied at once: %#', async (_what, usd, applied) => {
  const offer = sonnetOnly();
  prices.list.offers.set(MODELS, offer);
  reprice(offer, INPUT, usd, '2026-09-01');
  const { changed, quarantined } = await prices.run();
  expect([changed.length, quarantined.length]).toEqual(applied ? [1, 0] : [0, 1]);
});

test('a price that is older than the row in use is quarantined', async () => {
  const offer = sonnetOnly();
  prices.list.offers.set(MODELS, offer);
  reprice(offer, INPUT, '2.2000000000', '2026-09-01');
  await prices.run();
  reprice(offer, INPUT, '3.0000000000', '2026-08-31');
  expect((await prices.run()).quarantined).toEqual([`${INPUT}: input of ${SONNET} 2.2 -> 3 (the catalogue has a later price)`]);
});

test('a price that the catalogue rejects with a reason is quarantined, unless it is newer than the reason', async () => {
  const offer = sonnetOnly();
  prices.list.offers.set(MODELS, offer);
  // The catalogue lists this rate of another source as rejected.
  reprice(offer, INPUT, '3.0000000000', '2026-03-01');
  expect((await prices.run()).quarantined).toEqual([
    `${INPUT}: input of ${SONNET} 3.3 -> 3 (the catalogue gives a reason for its own price)`,
  ]);
  reprice(offer, INPUT, '3.0000000000', '2026-12-01');
  expect((await prices.run()).changed).toEqual([`${INPUT}: input of ${SONNET} 3.3 -> 3`]);
});

test('two rows that price the same thing differently are both left out and reported', async () => {
  const offer = sonnetOnly();
  addRow(offer, INPUT, 'USE1-MP:USE1_input_tokens_standard-Units', '3.0000000000');
  prices.list.offers.set(MODELS, offer);
  const { offers } = await prices.run();
  expect(offers.contradictions).toEqual([`${INPUT} says 3.3, USE1-MP:USE1_input_tokens_standard-Units says 3`]);
  expect(inputRate(quote('2026-11-20'))).toBe('3.3');
});

test('rows of two offers that price the same thing are compared as well', async () => {
  const models = sonnetOnly();
  addRow(models, INPUT, 'USE1-MP:USE1_InputTokenCount_Global_Standard-Units', '2.0000000000', {
    servicename: 'Claude Sonnet 4 (Amazon Bedrock Edition)',
  });
  prices.list.offers.set(MODELS, models);
  const { offers } = await prices.run();
  expect(offers.contradictions).toEqual([expect.stringContaining('USE1-Claude4Sonnet-input-tokens-cross-region-global')]);
});

test('a service that is not offered in the Region is no failure', async () => {
  prices.list.offers.delete('AmazonBedrockService');
  expect((await prices.run()).offers.published).not.toHaveProperty('AmazonBedrockService');
});

test.each([
  ['is broken', '{"catalogue":"2026-11-21","region":"us-east-1","read":{"AmazonBedrock":1000}}\nnonsense'],
  [
    'is for another Region',
    Catalogue.builtIn()
      .lines<object>('catalogue')
      .map((line) => JSON.stringify({ ...line, region: 'eu-west-1' }))
      .join('\n'),
  ],
])('a stored catalogue that %s is not built upon', async (_what, text) => {
  prices.stored = text;
  await prices.run();
  expect(problemsOf(prices.stored!)).toEqual([]);
});

test.each([
  [
    'has shrunk',
    () => prices.list.offers.set(MODELS, sonnetOnly()),
    `the price list of ${MODELS} is refused: it has 14 prices, the last time it had 33`,
  ],
  ['lost a service', () => prices.list.offers.delete('AmazonBedrockService'), 'AmazonBedrockService is refused: it has 0 prices'],
])('fails where the price list %s since the last refresh', async (_what, change, message) => {
  await prices.run();
  change();
  await expect(prices.run()).rejects.toThrow(message);
});

test('fails where most rows contradict each other: what distinguishes them was not read', async () => {
  const offer = sonnetOnly();
  for (const { attributes } of Object.values(offer.products)) attributes.usagetype = attributes.usagetype!.replace(/_Global(?=[_-])/, '');
  prices.list.offers.set(MODELS, offer);
  await expect(prices.run()).rejects.toThrow(/the price list is refused: \d+ of \d+ prices contradict each other/);
});

test('fails where no row could be read as a price', async () => {
  await expect(prices.run({ region: 'eu-central-1' })).rejects.toThrow('the price list is refused: no row of it could be read as a price');
});

test('a price list that has shrunk is used once the event accepts it', async () => {
  await prices.run();
  prices.list.offers.set(MODELS, sonnetOnly());
  await prices.run({ acceptShrunken: true });
  expect(prices.stored).toContain(`"read":{"AmazonBedrock":`);
});

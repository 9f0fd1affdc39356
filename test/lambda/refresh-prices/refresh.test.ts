import { PriceMetrics } from '../../../engine/telemetry/names';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { formatRate } from '../../../engine/pricing/usd-text';
import { problemsOf } from '../../../engine/pricing/catalogue-problems';
import type { Quote, Tier } from '../../../engine/pricing/types';
import { addRow, offerOf, PriceServer, reprice, type Offer } from './price-server';

const SONNET = 'anthropic.claude-sonnet-4-6';
const INPUT = 'USE1-MP:USE1_InputTokenCount-Units';
const MODELS = 'AmazonBedrockFoundationModels';
const INDEX = `/offers/v1.0/aws/${MODELS}/current/region_index.json`;

// Each run is a process of its own.
jest.setTimeout(60_000);

let server: PriceServer;

beforeEach(async () => {
  server = new PriceServer();
  await server.start();
});

afterEach(() => server.stop());

/** The rows of Sonnet 4.6, which are not the only ones with their usage types. */
function sonnetOnly(): Offer {
  const offer = offerOf(MODELS);
  for (const [sku, { attributes }] of Object.entries(offer.products)) {
    if (!attributes.servicename?.includes('Sonnet 4.6')) {
      delete offer.products[sku];
      delete offer.terms.OnDemand[sku];
    }
  }
  return offer;
}

function quote(day: string, query: { modelId?: string; tier?: Tier; contextTokens?: number } = {}): Quote {
  const engine = new PriceEngine({ catalogue: Catalogue.fromText(server.stored!) });
  return engine.quote({ modelId: SONNET, region: 'us-east-1', tier: 'standard', contextTokens: 1, timestamp: Date.parse(day), ...query });
}

const inputRate = (found: Quote): string => formatRate('input', found.rates.input!);

test('the real rows confirm the catalogue: nothing changes, and every price carries the price list as its source', async () => {
  const { failed, metrics, log } = await server.run();
  expect(failed).toBe(false);
  expect(log).toMatchObject({ level: 'INFO', changed: [], added: [], quarantined: [], contradictions: [], unclassified: [] });
  expect(metrics).toMatchObject({
    [PriceMetrics.FAILED]: 0,
    [PriceMetrics.AGE]: 0,
    [PriceMetrics.ROWS_PRICED]: 60,
    [PriceMetrics.ROWS_EXCLUDED]: 10,
    [PriceMetrics.ROWS_UNCLASSIFIED]: 0,
    [PriceMetrics.ROWS_UNCLASSIFIED_TOKENS]: 0,
    [PriceMetrics.CHANGED]: 0,
    [PriceMetrics.QUARANTINED]: 0,
  });
  expect(metrics[PriceMetrics.GAPS]).toBeGreaterThanOrEqual(0);
  expect(problemsOf(server.stored!)).toEqual([]);
  expect(quote('2026-11-20').row).toMatchObject({ grade: 'A', source: expect.stringContaining(`read:${MODELS}:us-east-1:2026-05-01`) });
  expect(Catalogue.fromText(server.stored!).version).toMatch(/^\d{4}-\d{2}-\d{2}\/us-east-1\/\d{4}-\d{2}-\d{2}$/);
});

test('no model, Region or tier loses or changes a price, the refreshed Region and all others alike', async () => {
  await server.run();
  const [before, after] = [Catalogue.builtIn(), Catalogue.fromText(server.stored!)];
  const engines = [new PriceEngine({ catalogue: before }), new PriceEngine({ catalogue: after })];
  for (const { model } of before.lines<{ model: string }>('model')) {
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
  await server.run();
  const first = server.stored;
  const { metrics } = await server.run();
  expect(server.stored).toBe(first);
  expect(metrics).toMatchObject({ [PriceMetrics.CHANGED]: 0, [PriceMetrics.ROWS_PRICED]: 60 });
});

test('a changed price holds from its day on, the old one before it, through two changes and a run in between', async () => {
  const offer = sonnetOnly();
  server.offers.set(MODELS, offer);
  reprice(offer, INPUT, '2.2000000000', '2026-09-01');
  const { metrics, log } = await server.run();
  expect(metrics[PriceMetrics.CHANGED]).toBe(1);
  expect(log.changed).toEqual([`${INPUT}: input of ${SONNET} 3.3 -> 2.2`]);
  await server.run();
  reprice(offer, INPUT, '1.1000000000', '2026-11-01');
  await server.run();
  expect(['2026-08-31', '2026-09-01', '2026-10-31', '2026-11-01'].map((day) => inputRate(quote(day)))).toEqual([
    '3.3',
    '2.2',
    '2.2',
    '1.1',
  ]);
  expect(quote('2026-11-20').rates.output).toBe(quote('2026-08-01').rates.output);
});

test('what an older version of the library left in the bucket is built upon, sources and reasons included', async () => {
  const offer = sonnetOnly();
  server.offers.set(MODELS, offer);
  reprice(offer, INPUT, '2.2000000000', '2026-09-01');
  await server.run();
  server.stored = server.stored!.replaceAll('"atoy"', '"once"').replaceAll('"us-at-global"', '"long-ago"');
  const { failed } = await server.run();
  expect(failed).toBe(false);
  expect(inputRate(quote('2026-08-31'))).toBe('3.3');
});

test('a price that vanishes from the price list is kept', async () => {
  const offer = offerOf(MODELS);
  const [sku] = Object.entries(offer.products).find(([, { attributes }]) => attributes.usagetype?.includes('cache_read_tokens_standard'))!;
  delete offer.products[sku];
  delete offer.terms.OnDemand[sku];
  server.offers.set(MODELS, offer);
  await server.run();
  expect(formatRate('cacheRead', quote('2026-11-20', { modelId: 'anthropic.claude-opus-4-7' }).rates.cacheRead!)).toBe('0.55');
});

test('a new price of a known model is added', async () => {
  const offer = offerOf('AmazonBedrock');
  addRow(offer, 'USE1-NovaMicro-input-tokens', 'USE1-NovaMicro-input-tokens-flex', '0.0000200000');
  server.offers.set('AmazonBedrock', offer);
  const { log } = await server.run();
  expect(log.added).toEqual(['USE1-NovaMicro-input-tokens-flex: input of amazon.nova-micro-v1:0 is new: 0.02']);
  expect(inputRate(quote('2026-11-20', { modelId: 'amazon.nova-micro-v1:0', tier: 'flex' }))).toBe('0.02');
});

test('a price that moved by more than five times is quarantined back until somebody accepts it', async () => {
  const offer = sonnetOnly();
  server.offers.set(MODELS, offer);
  reprice(offer, INPUT, '16.6000000000', '2026-09-01');
  const { metrics, log } = await server.run();
  expect(metrics).toMatchObject({ [PriceMetrics.QUARANTINED]: 1, [PriceMetrics.CHANGED]: 0 });
  expect(log.quarantined).toEqual([`${INPUT}: input of ${SONNET} 3.3 -> 16.6 (moved by more than five times)`]);
  expect(inputRate(quote('2026-11-20'))).toBe('3.3');
  await server.run({ acceptQuarantined: true });
  expect(inputRate(quote('2026-11-20'))).toBe('16.6');
});

test('a price that a written reason overrules is quarantined back, unless it is newer than the reason', async () => {
  const offer = sonnetOnly();
  server.offers.set(MODELS, offer);
  // What one source says of the regional price, which the catalogue names and rejects.
  reprice(offer, INPUT, '3.0000000000', '2026-03-01');
  const { log } = await server.run();
  expect(log.quarantined).toEqual([`${INPUT}: input of ${SONNET} 3.3 -> 3 (another price stands with a reason)`]);
  reprice(offer, INPUT, '3.0000000000', '2026-12-01');
  expect((await server.run()).log.changed).toEqual([`${INPUT}: input of ${SONNET} 3.3 -> 3`]);
});

test('two rows that answer the same question differently are both left out and reported', async () => {
  const offer = sonnetOnly();
  addRow(offer, INPUT, 'USE1-MP:USE1_input_tokens_standard-Units', '3.0000000000');
  server.offers.set(MODELS, offer);
  const { metrics, log } = await server.run();
  expect(metrics[PriceMetrics.QUARANTINED]).toBe(1);
  expect(log.contradictions).toEqual([`${INPUT} says 3.3, USE1-MP:USE1_input_tokens_standard-Units says 3`]);
  expect(inputRate(quote('2026-11-20'))).toBe('3.3');
});

test('the same question in two offers is one question', async () => {
  const offer = offerOf('AmazonBedrockService');
  const long = 'USE1-Claude4Sonnet-input-tokens-cross-region-global';
  const models = sonnetOnly();
  addRow(models, INPUT, 'USE1-MP:USE1_InputTokenCount_Global_Standard-Units', '2.0000000000', {
    servicename: 'Claude Sonnet 4 (Amazon Bedrock Edition)',
  });
  server.offers.set('AmazonBedrockService', offer).set(MODELS, models);
  const { log } = await server.run();
  expect(log.contradictions).toEqual([expect.stringContaining(long)]);
});

test('rows nobody understands are counted, those of tokens apart, and named', async () => {
  const offer = offerOf('AmazonBedrock');
  addRow(offer, 'USE1-NovaMicro-input-tokens', 'USE1-NovaMicro-input-tokens-holographic', '0.1');
  addRow(offer, 'USE1-NovaMicro-input-tokens', 'USE1-NovaGiga-input-tokens', '0.1', { model: 'Nova Giga' });
  addRow(offer, 'USE1-NovaMicro-Customization-Storage', 'USE1-NovaMicro-Shelf', '0.1');
  server.offers.set('AmazonBedrock', offer);
  const { metrics, log } = await server.run();
  expect(metrics).toMatchObject({ [PriceMetrics.ROWS_UNCLASSIFIED]: 3, [PriceMetrics.ROWS_UNCLASSIFIED_TOKENS]: 2 });
  expect(log.unclassified).toEqual([
    'USE1-NovaMicro-input-tokens-holographic: its words are not known',
    "USE1-NovaGiga-input-tokens: no model is known as 'Nova Giga'",
  ]);
});

test('a service that is not offered in the Region is no failure', async () => {
  server.offers.delete('AmazonBedrockService');
  const { failed } = await server.run();
  expect(failed).toBe(false);
});

test('a stored catalogue that is broken is not built upon', async () => {
  server.stored = '{"catalogue":"2026-11-21","region":"us-east-1","read":{"AmazonBedrock":1000}}\nnonsense';
  const { failed } = await server.run();
  expect(failed).toBe(false);
  expect(problemsOf(server.stored)).toEqual([]);
});

const text = JSON.stringify(offerOf(MODELS));
const REFUSED: ReadonlyArray<readonly [string, (list: PriceServer) => void, string]> = [
  ['answers with an error', (list) => list.broken.set(INDEX, 503), 'answered with status 503'],
  ['is cut off', (list) => list.offers.set(MODELS, text.slice(0, text.length / 2)), 'Parser'],
  ['lacks only its end', (list) => list.offers.set(MODELS, text.slice(0, -1)), 'Parser'],
  ['is a web page', (list) => list.offers.set(MODELS, '<html></html>'), 'Parser'],
  ['is another JSON', (list) => list.offers.set(MODELS, '{"hello":1}'), 'it is not an offer file'],
  [
    'has prices without products',
    (list) => list.offers.set(MODELS, text.replace('"products"', '"produce"')),
    'without a product before it',
  ],
  ['has no date', (list) => list.offers.set(MODELS, { ...offerOf(MODELS), publicationDate: 'soon' }), "'publicationDate' must be a time"],
  ['points elsewhere', (list) => (list.otherOrigin = true), "points to another server, 'http://elsewhere.invalid'"],
  [
    'has shrunk',
    (list) => list.offers.set(MODELS, sonnetOnly()),
    `the price list of ${MODELS} is refused: it has 14 prices, the last time it had 33`,
  ],
  ['lost a service', (list) => list.offers.delete('AmazonBedrockService'), 'AmazonBedrockService is refused: it has 0 prices'],
  ['cannot be stored', (list) => list.broken.set('/prices/catalogue.ndjson', 403), 'the prices were not refreshed'],
];

test.each(REFUSED)('fails and leaves the old prices where the price list %s', async (_what, breakIt, message) => {
  await server.run();
  const [before, puts] = [server.stored, server.puts];
  breakIt(server);
  const { failed, metrics, log } = await server.run();
  expect(failed).toBe(true);
  expect(metrics[PriceMetrics.FAILED]).toBe(1);
  expect(log.message).toContain(message);
  expect([server.stored, server.puts]).toEqual([before, puts]);
});

test('fails where nobody listens, and says how old the prices in use are', async () => {
  await server.run();
  const { failed, metrics, log } = await server.run({}, { PRICE_LIST_URL: 'http://127.0.0.1:1' });
  expect(failed).toBe(true);
  expect(metrics[PriceMetrics.FAILED]).toBe(1);
  expect(typeof metrics[PriceMetrics.AGE]).toBe('number');
  expect(log.message).toContain('the price list of AmazonBedrock in us-east-1 cannot be read: fetch failed');
});

test('fails where most rows contradict each other: something that tells them apart was not read', async () => {
  const offer = sonnetOnly();
  for (const { attributes } of Object.values(offer.products)) attributes.usagetype = attributes.usagetype!.replace(/_Global(?=[_-])/, '');
  server.offers.set(MODELS, offer);
  const { failed, log } = await server.run();
  expect(failed).toBe(true);
  expect(log.message).toMatch(/the price list is refused: \d+ of \d+ prices contradict each other/);
  expect(server.stored).toBeUndefined();
});

test('a price list that has shrunk is taken once somebody accepts it', async () => {
  await server.run();
  server.offers.set(MODELS, sonnetOnly());
  const { failed } = await server.run({ acceptShrunken: true });
  expect(failed).toBe(false);
});

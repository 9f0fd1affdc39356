import { problemsOf } from '../../../engine/pricing/catalogue-problems';
import { PriceMetrics } from '../../../engine/telemetry/names';
import { addRow, offerOf, reprice, sonnetOnly } from '../../engine/price-list/fake-price-list';
import { PriceServer } from './price-server';

const MODELS = 'AmazonBedrockFoundationModels';

let server: PriceServer;

beforeEach(async () => {
  server = new PriceServer();
  await server.start();
});

afterEach(() => server.stop());

test('stores a sound catalogue, and writes a line of metrics and a line of what was found', async () => {
  server.list.offers.set(MODELS, sonnetOnly());
  await server.run();
  const models = sonnetOnly();
  reprice(models, 'USE1-MP:USE1_InputTokenCount-Units', '2.2000000000', '2026-09-01');
  reprice(models, 'USE1-MP:USE1_OutputTokenCount-Units', '160', '2026-09-01');
  const bedrock = offerOf('AmazonBedrock');
  addRow(bedrock, 'USE1-NovaMicro-input-tokens', 'USE1-NovaMicro-input-tokens-holographic', '0.1');
  addRow(bedrock, 'USE1-NovaMicro-Customization-Storage', 'USE1-NovaMicro-Shelf', '0.1');
  server.list.offers.set(MODELS, models).set('AmazonBedrock', bedrock);

  const { failed, metrics, log } = await server.run();

  expect(failed).toBe(false);
  expect(problemsOf(server.stored!)).toEqual([]);
  expect(metrics).toMatchObject({
    [PriceMetrics.FAILED]: 0,
    [PriceMetrics.AGE]: 0,
    [PriceMetrics.ROWS_PRICED]: 43,
    [PriceMetrics.ROWS_EXCLUDED]: 8,
    [PriceMetrics.ROWS_UNCLASSIFIED]: 2,
    [PriceMetrics.ROWS_UNCLASSIFIED_TOKENS]: 1,
    [PriceMetrics.ROWS_UNCLASSIFIED_NEW]: 1,
    [PriceMetrics.CHANGED]: 1,
    [PriceMetrics.QUARANTINED]: 1,
    [PriceMetrics.QUARANTINED_NEW]: 1,
    [PriceMetrics.GAPS]: expect.any(Number) as number,
  });
  expect(log).toMatchObject({
    level: 'INFO',
    changed: ['USE1-MP:USE1_InputTokenCount-Units: input of anthropic.claude-sonnet-4-6 3.3 -> 2.2'],
    quarantined: [expect.stringContaining('(moved by more than five times)')],
    unclassified: ['USE1-NovaMicro-input-tokens-holographic: its words are not known'],
    newUnclassified: ['USE1-NovaMicro-input-tokens-holographic of Nova Micro'],
    newQuarantined: [expect.stringContaining('-> 160')],
  });
});

test('the first day is green: what the first refresh finds is counted and named, and nothing that an alarm watches is above 0', async () => {
  const models = sonnetOnly();
  reprice(models, 'USE1-MP:USE1_InputTokenCount-Units', '2.2000000000', '2026-09-01');
  reprice(models, 'USE1-MP:USE1_OutputTokenCount-Units', '160', '2026-09-01');
  const bedrock = offerOf('AmazonBedrock');
  addRow(bedrock, 'USE1-NovaMicro-input-tokens', 'USE1-NovaMicro-input-tokens-holographic', '0.1');
  server.list.offers.set(MODELS, models).set('AmazonBedrock', bedrock);
  for (const day of ['first', 'second']) {
    const { metrics, log } = await server.run();
    expect({ day, metrics }).toMatchObject({
      day,
      metrics: {
        [PriceMetrics.FAILED]: 0,
        [PriceMetrics.ROWS_UNCLASSIFIED_TOKENS]: 1,
        [PriceMetrics.ROWS_UNCLASSIFIED_NEW]: 0,
        [PriceMetrics.CHANGED]: 0,
        [PriceMetrics.QUARANTINED]: 1,
        [PriceMetrics.QUARANTINED_NEW]: 0,
      },
    });
    expect(log.changed).toHaveLength(day === 'first' ? 1 : 0);
  }
});

test('builds upon what is stored: a shrunken price list is refused until the event accepts it', async () => {
  await server.run();
  const before = server.stored;
  server.list.offers.set(MODELS, sonnetOnly());

  const { failed, metrics, log } = await server.run();
  expect(failed).toBe(true);
  expect(metrics).toMatchObject({ [PriceMetrics.FAILED]: 1, [PriceMetrics.AGE]: expect.any(Number) as number });
  expect(log.message).toMatch(
    /^the prices were not refreshed and stay as they are: the price list of AmazonBedrockFoundationModels is refused/,
  );
  expect(server.stored).toBe(before);

  expect((await server.run({ acceptShrunken: true })).failed).toBe(false);
  expect(server.stored).not.toBe(before);
});

test('a price that moved too far is applied once the event accepts it', async () => {
  const models = sonnetOnly();
  reprice(models, 'USE1-MP:USE1_InputTokenCount-Units', '16.6', '2026-09-01');
  server.list.offers.set(MODELS, sonnetOnly());
  await server.run();
  server.list.offers.set(MODELS, models);
  const { metrics } = await server.run({ acceptQuarantined: true });
  expect(metrics).toMatchObject({ [PriceMetrics.QUARANTINED]: 0, [PriceMetrics.CHANGED]: 1 });
});

test('fails where no server answers, and says nothing of an age where no prices are stored', async () => {
  const { failed, metrics, log } = await server.run({}, { PRICE_LIST_URL: 'http://127.0.0.1:1' });
  expect(failed).toBe(true);
  expect(metrics).toMatchObject({ [PriceMetrics.FAILED]: 1 });
  expect(metrics).not.toHaveProperty([PriceMetrics.AGE]);
  expect(log.message).toContain('the price list of AmazonBedrock in us-east-1 cannot be read: fetch failed');
});

test('fails where the catalogue cannot be stored', async () => {
  server.readOnly = true;
  const { failed, metrics, log } = await server.run();
  expect(failed).toBe(true);
  expect(metrics).toMatchObject({ [PriceMetrics.FAILED]: 1 });
  expect(log.message).toContain('the prices were not refreshed');
  expect(server.stored).toBeUndefined();
});

import { readFileSync } from 'node:fs';
import { BILLED_SERVICES, MARKETPLACE, MARKETPLACE_NAMES } from '../../../engine/price-list/billed-services';

const models = readFileSync('engine/pricing/catalogue.ndjson', 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .flatMap((line) => (JSON.parse(line) as { model?: string }).model ?? []);

test('each model of the catalogue that the Marketplace sells has a service on the bill', () => {
  const named = new Set(MARKETPLACE_NAMES.map(([, model]) => model));
  const sold = [...new Set(models)].filter((model) => MARKETPLACE.test(model));
  expect(sold.length).toBeGreaterThan(60);
  expect(sold.filter((model) => !named.has(model))).toEqual([]);
});

test('the names are those of bills, each once', () => {
  expect(BILLED_SERVICES).toEqual(
    expect.arrayContaining([
      ...['Amazon Bedrock', 'Amazon Bedrock Service', 'Claude Sonnet 4.6 (Amazon Bedrock Edition)'],
      ...['Claude 3.5 Sonnet (Amazon Bedrock Edition)', 'OpenAI GPT-5.6 Sol (Amazon Bedrock Edition)'],
    ]),
  );
  expect(new Set(BILLED_SERVICES).size).toBe(BILLED_SERVICES.length);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Catalogue } from '../../engine/pricing/catalogue';
import { PriceOverrides as Engine } from '../../engine/pricing/overrides';
import { CostMeter, PriceOverrides, PriceOverridesOptions } from '../../lib';

const MODEL = 'anthropic.claude-sonnet-4-6';
const OPTIONS: PriceOverridesOptions = {
  overrides: [
    {
      model: MODEL,
      rates: { input: '2.90', output: '14.50' },
      name: 'contract',
      routing: 'regional',
      regions: ['us-east-1'],
      tier: 'batch',
      context: '0-200000',
      validFrom: '2026-01-01',
      validUntil: '2027-01-01',
    },
    { model: 'arn:aws:bedrock:us-east-1:123456789012:imported-model/x', rates: { input: '1' }, newModel: true },
  ],
  discounts: [{ provider: 'Anthropic', percent: 12.5, name: 'EDP', validFrom: '2026-01-01' }],
};

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'overrides-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function file(content: unknown): string {
  const path = join(folder, 'prices.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function environment(priceOverrides: PriceOverrides): Record<string, unknown> {
  const stack = new Stack(new App(), 'Test');
  new CostMeter(stack, 'Meter', { logGroup: new logs.LogGroup(stack, 'Records'), priceOverrides });
  const [meter] = Object.values(
    Template.fromStack(stack).findResources('AWS::Lambda::Function', Match.objectLike({ Properties: { Environment: Match.anyValue() } })),
  );
  return (meter as { Properties: { Environment: { Variables: Record<string, unknown> } } }).Properties.Environment.Variables;
}

test('what is given as props is what the meter reads', () => {
  const json = environment(PriceOverrides.of(OPTIONS)).PRICE_OVERRIDES as string;
  expect(() => Engine.fromJson(json, Catalogue.builtIn())).not.toThrow();
  expect(JSON.parse(json)).toMatchObject({
    overrides: [{ model: MODEL, from: '2026-01-01', until: '2027-01-01' }, { newModel: true }],
    discounts: [{ provider: 'Anthropic', percent: 12.5, from: '2026-01-01' }],
  });
});

test('a file goes to the meter as an asset', () => {
  const variables = environment(PriceOverrides.fromFile(file({ discounts: [{ model: MODEL, percent: '10' }] })));
  expect(variables).toHaveProperty('PRICE_OVERRIDES_BUCKET');
  expect(variables.PRICE_OVERRIDES_KEY).toMatch(/\.json$/);
  expect(variables).not.toHaveProperty('PRICE_OVERRIDES');
});

const rates = { input: '1' };
const WRONG: ReadonlyArray<readonly [unknown, string]> = [
  [{ overrides: [{ model: `us.${MODEL}`, rates }] }, "'model' in overrides[0]"],
  [{ overrides: [{ rates }] }, "needs 'model'"],
  [{ overrides: [{ model: MODEL }] }, "needs 'rates'"],
  [{ overrides: [{ model: MODEL, rates: {} }] }, 'must hold at least one rate'],
  [{ overrides: [{ model: MODEL, rates: { inptu: '1' } }] }, "has 'inptu', each kind must be one of"],
  [{ overrides: [{ model: MODEL, rates: { input: '-1' } }] }, `has "-1", each rate must be a decimal like '3.30', not negative`],
  [{ overrides: [{ model: MODEL, rates, tier: 'fast' }] }, "'tier' in overrides[0]"],
  [{ overrides: [{ model: MODEL, rates, routing: 'eu' }] }, 'must be one of global, regional'],
  [{ overrides: [{ model: MODEL, rates, regions: [] }] }, 'must be a list of Regions'],
  [{ overrides: [{ model: MODEL, rates, context: 'long' }] }, "must be a range like '0-200000'"],
  [{ overrides: [{ model: MODEL, rates, from: 'soon' }] }, "must be a day like '2026-01-01'"],
  [{ overrides: [{ model: MODEL, rates, price: '1' }] }, "'price' in overrides[0]"],
  [{ overrides: [MODEL] }, 'must be an object'],
  [{ overrides: {} }, "'overrides'"],
  [{ discounts: [{ percent: 10 }] }, "needs either 'model' or 'provider'"],
  [{ discounts: [{ percent: 10, model: MODEL, provider: 'Anthropic' }] }, "needs either 'model' or 'provider'"],
  [{ discounts: [{ percent: 101, provider: 'Anthropic' }] }, 'must be a number from 0 to 100, got 101'],
  [{ discounts: [{ percent: 10, provider: 'anthropic' }] }, 'must be one of AI21 Labs'],
  [{ rebates: [] }, "'rebates' is not known"],
  [[], 'must be an object with the lists overrides and discounts'],
  ['{', 'must be JSON'],
];

test.each(WRONG)('fails for %j, naming the entry', (content, message) => {
  const path = file(content);
  expect(() => PriceOverrides.fromFile(path)).toThrow(message);
  expect(() => PriceOverrides.fromFile(path)).toThrow(path);
});

test('fails for a file that is not there', () => {
  expect(() => PriceOverrides.fromFile('/nowhere/prices.json')).toThrow("'path' must be a readable file, got '/nowhere/prices.json'");
});

test('fails for more than an environment variable can hold, and says where to put it', () => {
  const overrides = Array.from({ length: 60 }, (_, at) => ({
    model: MODEL,
    rates,
    validFrom: `20${at + 20}-01-01`,
    validUntil: `20${at + 20}-06-01`,
  }));
  expect(() => PriceOverrides.of({ overrides })).toThrow(
    /must not be longer than 3000 bytes as JSON, got \d+: use PriceOverrides.fromFile/,
  );
});

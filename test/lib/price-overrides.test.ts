import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Catalogue } from '../../engine/pricing/catalogue';
import { TIERS } from '../../engine/pricing/types';
import { PriceOverrides as Engine } from '../../engine/pricing/price-overrides';
import { CostMeter, PriceOverrides, PriceOverridesOptions, PriceRouting, ServiceTier } from '../../lib';

const MODEL = 'anthropic.claude-sonnet-4-6';
const OPTIONS: PriceOverridesOptions = {
  overrides: [
    {
      model: MODEL,
      rates: { input: '2.90', output: '14.50' },
      name: 'contract',
      routing: PriceRouting.REGIONAL,
      regions: ['us-east-1'],
      tier: ServiceTier.BATCH,
      context: '0-200000',
      validFrom: '2026-01-01',
      validUntil: '2027-01-01',
    },
    { model: 'arn:aws:bedrock:us-east-1:123456789012:imported-model/x', rates: { input: '1' }, newModel: true },
  ],
  discounts: [{ provider: 'Anthropic', percent: 12.5, name: 'EDP', validFrom: '2026-01-01' }],
};

let folder: string;

beforeEach(() => (folder = fs.mkdtempSync(join(tmpdir(), 'overrides-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

function file(content: unknown): string {
  const path = join(folder, 'prices.json');
  fs.writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function environment(priceOverrides: PriceOverrides, stack = new Stack(new App(), 'Test')): Record<string, unknown> {
  new CostMeter(stack, 'Meter', { logGroup: new logs.LogGroup(stack, 'Records'), priceOverrides });
  const [meter] = Object.values(
    Template.fromStack(stack).findResources('AWS::Lambda::Function', Match.objectLike({ Properties: { Environment: Match.anyValue() } })),
  );
  return (meter as { Properties: { Environment: { Variables: Record<string, unknown> } } }).Properties.Environment.Variables;
}

test('the meter gets what is given as props', () => {
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
const override = { model: MODEL, rates };
const WRONG: ReadonlyArray<readonly [unknown, string]> = [
  [
    { overrides: [{ model: `us.${MODEL}`, rates }] },
    `overrides[0]: 'model' is not in the price catalogue, got 'us.${MODEL}': use an id without routing prefix, for example ${MODEL},`,
  ],
  [{ overrides: [{ rates }] }, "overrides[0]: 'model' is missing: name the model whose price this is"],
  [{ overrides: [{ model: MODEL }] }, "overrides[0]: 'rates' must hold at least one rate"],
  [{ overrides: [{ model: MODEL, rates: {} }] }, "overrides[0]: 'rates' must hold at least one rate"],
  [
    { overrides: [{ model: MODEL, rates: { inptu: '1' } }] },
    "overrides[0]: 'rates.inptu' is not a kind that has prices: use one of input,",
  ],
  [{ overrides: [{ model: MODEL, rates: { input: '-1' } }] }, "overrides[0]: 'rates.input'"],
  [{ overrides: [{ ...override, tier: 'fast' as ServiceTier }] }, "overrides[0]: 'tier' must be one of standard,"],
  [{ overrides: [{ ...override, routing: 'eu' as PriceRouting }] }, "overrides[0]: 'routing' must be one of regional, global, got 'eu'"],
  [{ overrides: [{ ...override, regions: [] }] }, "overrides[0]: 'regions' must be a list of Regions, got []"],
  [{ overrides: [{ ...override, context: 'long' }] }, "overrides[0]: 'context' must be a range of tokens like '0-200000'"],
  [{ overrides: [{ ...override, from: '2026-02-30' }] }, "overrides[0]: 'from' must be a day like '2026-09-01', got '2026-02-30'"],
  [{ overrides: [{ ...override, price: '1' }] }, "overrides[0]: 'price' is not known: use name, model,"],
  [{ overrides: [override, { ...override, rates: { input: '2' } }] }, 'overrides contradict each other: overrides[0]'],
  [{ overrides: [MODEL] }, 'overrides[0]: must be an object'],
  [{ overrides: {} }, "'overrides' must be a list, got {}"],
  [{ discounts: [{ percent: 10 }] }, "discounts[0]: a discount needs either 'model' or 'provider'"],
  [{ discounts: [{ percent: 10, model: MODEL, provider: 'Anthropic' }] }, "discounts[0]: a discount needs either 'model' or 'provider'"],
  [{ discounts: [{ percent: 101, provider: 'Anthropic' }] }, "discounts[0]: 'percent' must be a number from 0 to 100, got '101'"],
  [{ discounts: [{ percent: 10, provider: 'anthropic' }] }, "discounts[0]: 'provider' must be one of AI21 Labs,"],
  [{ rebates: [] }, "'rebates' is not known in overrides: use overrides or discounts"],
  [[], 'overrides must be an object with the lists overrides and discounts'],
  ['{', 'overrides are not JSON'],
];

test.each(WRONG)('fails for a file with %j, naming the file, the entry and the way out', (content, message) => {
  const path = file(content);
  expect(() => PriceOverrides.fromFile(path)).toThrow(`'path' must be a file with price overrides, got '${path}': ${message}`);
});

test('fails for a file that is not there', () => {
  expect(() => PriceOverrides.fromFile('/nowhere/prices.json')).toThrow(
    "'path' must be a file with price overrides, got '/nowhere/prices.json': ENOENT",
  );
});

test.each<[PriceOverridesOptions, string]>([
  [
    { overrides: [override, { ...override, model: 'sonnet' }] },
    "overrides[1]: 'model' is not in the price catalogue, got 'sonnet': use an id",
  ],
  [{ overrides: [{ ...override, validFrom: 'soon' }] }, "overrides[0]: 'validFrom' must be a day like '2026-09-01', got 'soon'"],
  [
    { discounts: [{ percent: 1, model: MODEL, validFrom: '2026-02-01', validUntil: '2026-01-01' }] },
    "discounts[0]: 'validUntil' must be after 'validFrom', got '2026-02-01' to '2026-01-01'",
  ],
  [{ discounts: [{ percent: NaN, model: MODEL }] }, "discounts[0]: 'percent' must be a number from 0 to 100, got 'NaN'"],
  [{ discounts: [{ percent: Infinity, model: MODEL }] }, "'percent' must be a number from 0 to 100, got 'Infinity'"],
  [{ discounts: [{ percent: -0, model: MODEL }] }, "'percent' must be a number from 0 to 100, got '-0'"],
  [
    { discounts: [{ percent: 1e-7, model: MODEL }] },
    "'percent' must be a number from 0 to 100, got '1e-7': write a decimal with at most 6",
  ],
  [{ overrides: [{ ...override, rates: { input: '0.1234567' } }] }, "overrides[0]: 'rates.input': '0.1234567' is not an amount"],
  [{ overrides: [{ ...override, validUntil: '2026-02-31' }] }, "overrides[0]: 'validUntil' must be a day like '2026-09-01'"],
  [{ overrides: [{ ...override, context: '9-2' }] }, "overrides[0]: 'context' must be a range of tokens"],
  [
    {
      overrides: [
        { ...override, name: 'global', routing: PriceRouting.GLOBAL },
        { ...override, name: 'ireland', regions: ['eu-west-1'], rates: { input: '2' } },
      ],
    },
    "overrides contradict each other: overrides[0] 'global' and overrides[1] 'ireland' set different rates of input",
  ],
])('fails for props %j, in the words of the props', (options, message) => {
  expect(() => PriceOverrides.of(options)).toThrow(message);
});

test('fails for more than an environment variable can hold, and says where to put it', () => {
  const overrides = Array.from({ length: 60 }, (_, at) => ({
    ...override,
    validFrom: `20${at + 20}-01-01`,
    validUntil: `20${at + 20}-06-01`,
  }));
  expect(() => PriceOverrides.of({ overrides })).toThrow(
    /^'overrides' and 'discounts' must not be longer than 3000 bytes as JSON, got \d+: use PriceOverrides.fromFile$/,
  );
});

describe('tokens', () => {
  const stack = new Stack(new App(), 'Test');
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;

  test('are left to the meter, which gets their values', () => {
    const priceOverrides = PriceOverrides.of({
      overrides: [{ model: text, rates: { input: text } }],
      discounts: [{ provider: 'Anthropic', percent: number }],
    });
    expect(environment(priceOverrides, stack).PRICE_OVERRIDES).toEqual({
      'Fn::Join': [
        '',
        [
          '{"overrides":[{"model":"',
          { Ref: 'Text' },
          '","rates":{"input":"',
          { Ref: 'Text' },
          '"}}],"discounts":[{"provider":"Anthropic","percent":',
          { Ref: 'Number' },
          '}]}',
        ],
      ],
    });
  });

  test('do not keep contradictions of other entries from being found', () => {
    expect(() =>
      PriceOverrides.of({
        overrides: [{ model: text, rates }, override, { ...override, rates: { input: '2' } }],
      }),
    ).toThrow('overrides contradict each other: overrides[1]');
  });

  test('do not keep other entries from being checked, at their own position', () => {
    expect(() =>
      PriceOverrides.of({
        overrides: [
          { model: text, rates },
          { ...override, tier: 'fast' as ServiceTier },
        ],
      }),
    ).toThrow("overrides[1]: 'tier'");
  });
});

test('the catalogue is read when overrides are given, and once', () => {
  const read = jest.spyOn(jest.requireActual<typeof fs>('node:fs'), 'readFileSync');
  const catalogues = () => read.mock.calls.filter(([path]) => String(path).endsWith('catalogue.ndjson'));
  jest.isolateModules(() => {
    const fresh = jest.requireActual<{ PriceOverrides: typeof PriceOverrides }>('../../lib');
    expect(catalogues()).toHaveLength(0);
    fresh.PriceOverrides.of(OPTIONS);
    fresh.PriceOverrides.of(OPTIONS);
    expect(catalogues()).toHaveLength(1);
  });
  read.mockRestore();
});

test('the enums have the tiers and routings that the pricing engine knows', () => {
  expect(Object.values(ServiceTier)).toEqual([...TIERS]);
  expect(Object.values(PriceRouting)).toEqual(['global', 'regional']);
});

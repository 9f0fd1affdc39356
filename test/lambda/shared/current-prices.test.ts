import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CurrentPrices, type CurrentPricesProps } from '../../../lambda/shared/current-prices';
import type { ObjectVersion } from '../../../lambda/shared/get-object';
import { formatRate } from '../../../engine/pricing/usd-text';

const HOUR = 3_600_000;
const SHIPPED = readFileSync(join(__dirname, '../../../engine/pricing/catalogue.ndjson'), 'utf8');
const MODEL = 'amazon.nova-micro-v1:0';

/** The shipped catalogue with another input price of Nova Micro in us-east-1. */
const priced = (rate: string): string =>
  SHIPPED.replace(
    /(\{"price":"amazon\.nova-micro-v1:0","routing":"regional","tier":"standard","regions":\["us-east-1"\],"rates":\{"input":)"[^"]+"/,
    `$1"${rate}"`,
  );

function input(prices: CurrentPrices): string {
  const quote = prices.quote({
    modelId: MODEL,
    region: 'us-east-1',
    tier: 'standard',
    timestamp: Date.parse('2026-11-20'),
    contextTokens: 1,
  });
  return formatRate('input', quote.rates.input!);
}

/** Answers to one fetch after the other; an error is thrown. */
function answers(
  ...versions: Array<ObjectVersion | Error | undefined>
): NonNullable<CurrentPricesProps['catalogue']> & { asked: unknown[] } {
  const asked: unknown[] = [];
  const fetch = (known?: string): Promise<ObjectVersion | undefined> => {
    asked.push(known);
    const version = versions.shift();
    return version instanceof Error ? Promise.reject(version) : Promise.resolve(version);
  };
  return Object.assign(fetch, { asked });
}

let warnings: string[];

beforeEach(() => {
  warnings = [];
  jest.spyOn(console, 'warn').mockImplementation((text: string) => void warnings.push(text));
});

afterEach(() => jest.restoreAllMocks());

test('the refreshed prices are in use from the first batch, and looked at again after an hour', async () => {
  const catalogue = answers({ text: priced('0.05'), etag: '"a"' }, undefined, { text: priced('0.06'), etag: '"b"' });
  const prices = new CurrentPrices({ catalogue });
  const seen: string[] = [];
  for (const now of [0, HOUR - 1, HOUR, 2 * HOUR]) {
    await prices.prepare(now);
    seen.push(input(prices));
  }
  expect(seen).toEqual(['0.05', '0.05', '0.05', '0.06']);
  expect(catalogue.asked).toEqual([undefined, '"a"', '"a"']);
  expect(warnings).toEqual([]);
});

test.each([
  ['cannot be fetched', new Error('Access Denied')],
  ['is empty', { text: '' }],
  ['is no catalogue', { text: '<html>' }],
  ['contradicts itself', { text: `${SHIPPED}${SHIPPED.split('\n').find((line) => line.startsWith('{"price"'))}\n` }],
])('prices that were shipped stay in use where the refreshed catalogue %s, which is said once', async (_what, answer) => {
  const prices = new CurrentPrices({ catalogue: answers(answer, answer) });
  await prices.prepare(0);
  await prices.prepare(HOUR);
  expect(input(prices)).toBe('0.035');
  expect(warnings).toEqual([expect.stringContaining('the refreshed prices cannot be used, the ones at hand stay in use')]);
});

test('a stored catalogue that was cut at the end of a line loses no price', async () => {
  const lines = priced('0.05').split('\n');
  const others = lines.filter((line) => !line.startsWith('{"price"') || line.includes(`"price":"${MODEL}"`));
  const prices = new CurrentPrices({ catalogue: answers({ text: others.join('\n'), etag: '"a"' }) });
  await prices.prepare(0);
  expect(input(prices)).toBe('0.05');
  const other = prices.quote({ modelId: 'amazon.nova-pro-v1:0', region: 'us-east-1', tier: 'standard', timestamp: 0, contextTokens: 1 });
  expect(other.rates.input).toBeDefined();
  expect(warnings).toEqual([]);
});

test('what is far too large for a catalogue is not read', async () => {
  const prices = new CurrentPrices({ catalogue: answers({ text: ' '.repeat(20_000_001), etag: '"a"' }) });
  await prices.prepare(0);
  expect(input(prices)).toBe('0.035');
  expect(warnings).toEqual([expect.stringContaining('it has 20000001 characters, more than 20000000')]);
});

test('own prices that do not fit a refreshed catalogue fit the built-in one, as when the app was synthesized', async () => {
  const added = { model: 'acme.one-v1:0', newModel: true, name: 'One', rates: { input: '0.01' } };
  const refreshed = `{"alias":"acme.one-v1:0","of":"${MODEL}"}\n`;
  const catalogue = answers({ text: `${priced('0.05')}${refreshed}`, etag: '"a"' });
  const prices = new CurrentPrices({ catalogue, overrides: () => Promise.resolve(JSON.stringify({ overrides: [added] })) });
  await prices.prepare(0);
  expect(input(prices)).toBe('0.035');
  expect(warnings).toEqual([expect.stringContaining("'model'")]);
});

test('refreshed prices stay in use where newer ones cannot be read', async () => {
  const prices = new CurrentPrices({ catalogue: answers({ text: priced('0.05'), etag: '"a"' }, new Error('Slow Down')) });
  await prices.prepare(0);
  await prices.prepare(HOUR);
  expect(input(prices)).toBe('0.05');
});

test("the user's own prices beat refreshed ones, and are read once", async () => {
  let reads = 0;
  const overrides = (): Promise<string> => {
    reads += 1;
    return Promise.resolve(JSON.stringify({ overrides: [{ model: MODEL, rates: { input: '0.01' } }] }));
  };
  const prices = new CurrentPrices({
    catalogue: answers({ text: priced('0.05'), etag: '"a"' }, { text: priced('0.06'), etag: '"b"' }),
    overrides,
  });
  await prices.prepare(0);
  await prices.prepare(HOUR);
  expect(input(prices)).toBe('0.01');
  expect(reads).toBe(1);
});

test('fails where the own prices cannot be read or are wrong, and works as soon as they are right', async () => {
  const overrides = jest.fn<Promise<string>, []>().mockRejectedValueOnce(new Error('Access Denied')).mockResolvedValue('{"overrides":[]}');
  const prices = new CurrentPrices({ overrides });
  await expect(prices.prepare(0)).rejects.toThrow('Access Denied');
  await prices.prepare(1);
  expect(input(prices)).toBe('0.035');
  const wrong = new CurrentPrices({ overrides: () => Promise.resolve('{"overrides":[{"model":"nova","rates":{}}]}') });
  await expect(wrong.prepare(0)).rejects.toThrow("overrides[0]: 'model' is not in the price catalogue, got 'nova'");
});

import fc from 'fast-check';
import { isInForce, regionsOf } from '../../../engine/price-list/price-scope';
import { union } from '../../../engine/price-list/union';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { problemsOf } from '../../../engine/pricing/catalogue-problems';
import type { RawRow } from '../../../engine/pricing/price-row';
import { cases } from '../../cases';

const REGION = 'us-east-1';
const READ = `read:AmazonBedrock:${REGION}:2026-11-10`;
const lines = (prices: readonly object[], version = '2026-11-01', region: object = { region: REGION }): string =>
  [
    { catalogue: version, ...region },
    { source: 'table', what: 'a table', asOf: '2026-11' },
    { source: READ, what: 'the list', asOf: '2026-11-10' },
    ...['a.model', 'b.model'].map((model) => ({ model, name: model, provider: 'A', lifecycle: 'active' })),
    ...prices,
  ]
    .map((line) => JSON.stringify(line))
    .join('\n');

const row = (rates: Record<string, string>, more: Partial<RawRow> = {}): RawRow => ({
  price: 'a.model',
  routing: 'regional',
  tier: 'standard',
  regions: [REGION],
  rates,
  sources: ['table'],
  grade: 'C',
  asOf: '2026-10',
  ...more,
});
const read = (rates: Record<string, string>, more: Partial<RawRow> = {}): RawRow =>
  row(rates, { sources: [READ], grade: 'A', asOf: '2026-11-10', ...more });

/** The prices of a model in the union of a new library and of what an older one has stored. */
function joined(shipped: readonly RawRow[], stored: readonly RawRow[], storedVersion = `2026-10-01/${REGION}/2026-11-11`): RawRow[] {
  const both = union(Catalogue.fromText(lines(shipped)), Catalogue.fromText(lines(stored, storedVersion)));
  const text = both.lines<object>('catalogue').length; // A union is a whole catalogue.
  expect(text).toBe(1);
  return both.raw('a.model');
}

test('a price that the newer library ships is there before the next refresh', () => {
  expect(joined([row({ input: '1' }, { routing: 'global' })], [read({ input: '2' })])).toEqual(
    expect.arrayContaining([row({ input: '1' }, { routing: 'global' }), read({ input: '2' })]),
  );
});

test('of two rows of one scope the newer one holds, and the older one fills in its kinds', () => {
  expect(joined([row({ input: '1', cacheRead: '0.1' })], [read({ input: '2', output: '5' })])).toMatchObject([
    { rates: { input: '2', output: '5', cacheRead: '0.1' }, grade: 'A', weak: { cacheRead: 'C' }, sources: [READ, 'table'] },
  ]);
  expect(joined([row({ input: '1', cacheRead: '0.1' }, { asOf: '2026-11-12' })], [read({ input: '2', output: '5' })])).toMatchObject([
    { rates: { input: '1', cacheRead: '0.1', output: '5' }, grade: 'C', weak: { output: 'A' } },
  ]);
});

test('the times that the newer row lacks are those of the older one', () => {
  const stored = [read({ input: '1' }, { until: '2026-09-01' }), read({ input: '2' }, { from: '2026-09-01' })];
  expect(joined([row({ input: '3' }, { from: '2026-11-12', asOf: '2026-11-12' })], stored)).toMatchObject([
    { rates: { input: '1' }, until: '2026-09-01' },
    { rates: { input: '2' }, from: '2026-09-01', until: '2026-11-12' },
    { rates: { input: '3' }, from: '2026-11-12' },
  ]);
});

test.each([
  ['older', '2026-10-01', '1'],
  ['same', '2026-11-01', '2'],
  ['newer', '2026-12-01', '2'],
])('a row that no refresh has read is a copy: of the %s library, the price is that of the newer of both', (_which, version, input) => {
  expect(joined([row({ input: '1' })], [row({ input: '2' })], `${version}/${REGION}/2026-12-02`)).toMatchObject([{ rates: { input } }]);
});

test('other Regions are those of the built-in catalogue, and a row of several Regions is divided', () => {
  const rows = joined(
    [row({ input: '1' }, { regions: [REGION, 'eu-west-1'] })],
    [read({ input: '2' }, { regions: [REGION, 'eu-west-1'] })],
  );
  expect(rows).toMatchObject([
    { regions: ['eu-west-1'], rates: { input: '1' } },
    { regions: [REGION], rates: { input: '2' } },
  ]);
});

test('where both together would price a call twice, the built-in rows stay', () => {
  const shipped = [row({ input: '1' }), row({ output: '2' }, { context: '0-200000' })];
  expect(joined(shipped, [read({ input: '3' }, { context: '0-200000' })])).toEqual(shipped);
});

test('a model that only one of both knows is kept, with its aliases', () => {
  const extra = [
    { model: 'c.model', name: 'C', provider: 'C', lifecycle: 'active' },
    { alias: 'c.alias', of: 'c.model' },
    row({ input: '1' }, { price: 'c.model' }),
  ];
  for (const [shipped, stored] of [
    [extra, []],
    [[], extra],
  ] as const) {
    const both = union(Catalogue.fromText(lines(shipped)), Catalogue.fromText(lines(stored)));
    expect(both.raw('c.model')).toEqual([extra[2]]);
    expect(both.aliasOf('c.alias')).toBe('c.model');
  }
});

const builtIn = Catalogue.builtIn();
const REGIONS = ['us-east-1', 'eu-central-1', 'ap-northeast-1'];

/** Every kind that has a price on a day. */
function priced(catalogue: Catalogue, model: string, day: string, readOnly = false): Set<string> {
  return new Set(
    catalogue
      .raw(model)
      .filter((found) => isInForce(found, day) && (!readOnly || found.sources.some((source) => source.startsWith('read:'))))
      .flatMap((found) =>
        REGIONS.filter((region) => regionsOf(found, catalogue).includes(region)).flatMap((region) =>
          Object.keys(found.rates).map((kind) => JSON.stringify([region, found.routing, found.tier, found.context, found.spec, kind])),
        ),
      ),
  );
}

const text = [
  builtIn.lines<object>('catalogue'),
  ...['source', 'reason', 'regionSet', 'model', 'alias', 'price'].map((kind) => builtIn.lines<object>(kind)),
]
  .flat()
  .map((line) => JSON.stringify(line))
  .join('\n');
const models = builtIn.lines<{ model: string }>('model').map(({ model }) => model);

test('wherever a stored catalogue was cut, and whatever of it was read, no price of either is lost', () => {
  const rows = text.split('\n');
  const damage = fc.record({
    end: fc.integer({ min: 1, max: rows.length }),
    every: fc.integer({ min: 2, max: 40 }),
    version: fc.constantFrom('2020-01-01', builtIn.version, '2099-01-01'),
    region: fc.constantFrom<object>({}, ...REGIONS.map((region) => ({ region }))),
    asOf: fc.constantFrom('2020-01-01', '2099-01-01'),
    day: fc.constantFrom('2025-06-01', '2026-09-01', '2026-11-26', '2027-06-01'),
  });
  fc.assert(
    fc.property(damage, ({ end, every, version, region, asOf, day }) => {
      const stored = rows.slice(0, end).map((line, at) => {
        if (at === 0) return JSON.stringify({ catalogue: `${version}/x/2026-11-26`, ...region });
        if (at % every !== 0 || !line.startsWith('{"price"')) return line;
        const found = JSON.parse(line) as RawRow;
        const [, ...fewer] = Object.entries(found.rates);
        const rates = fewer.length > 0 ? Object.fromEntries(fewer) : found.rates;
        return JSON.stringify({ ...found, rates, sources: [READ], asOf, ...(at % 2 && { from: '2026-10-01', until: undefined }) });
      });
      stored.splice(1, 0, JSON.stringify({ source: READ, what: 'the list', asOf }));
      const other = Catalogue.fromText(stored.join('\n'));
      const both = union(builtIn, other);
      const whole = [
        ...both.lines<object>('catalogue'),
        ...['source', 'reason', 'regionSet', 'leftOut', 'gap', 'model', 'alias', 'price'].flatMap((kind) => both.lines<object>(kind)),
      ];
      expect(problemsOf(whole.map((line) => JSON.stringify(line)).join('\n'))).toEqual([]);
      for (const model of models) {
        const known = priced(both, model, day);
        expect([...priced(builtIn, model, day)].filter((price) => !known.has(price))).toEqual([]);
      }
    }),
    { numRuns: cases(4, 40) },
  );
});

test('one valid line is no catalogue: every price is the built-in one', () => {
  const both = union(builtIn, Catalogue.fromText('{"catalogue":"2026-11-26"}'));
  for (const model of models) expect(both.raw(model)).toEqual(builtIn.raw(model));
});

import type { PublishedRate } from '../../../engine/price-list/classify';
import { bandOf, isInForce, scopeKey } from '../../../engine/price-list/price-scope';
import type { RawRow } from '../../../engine/pricing/price-row';

const row = (more: Partial<RawRow>): RawRow => ({
  price: 'a.model',
  routing: 'regional',
  tier: 'standard',
  regions: ['us-east-1'],
  rates: { input: '1' },
  sources: [],
  grade: 'A',
  asOf: '2026-11-10',
  ...more,
});

test.each([
  ['2026-08-31', false],
  ['2026-09-01', true],
  ['2026-09-30', true],
  ['2026-10-01', false],
])('a row from September to October is in force on %s: %p', (day, expected) => {
  expect(isInForce(row({ from: '2026-09-01', until: '2026-10-01' }), day)).toBe(expected);
});

test('the order of the axes makes no other scope, any other value does', () => {
  const key = scopeKey(row({ spec: { size: '0-1024', quality: 'standard' } }));
  expect(scopeKey(row({ spec: { quality: 'standard', size: '0-1024' } }))).toBe(key);
  expect(scopeKey(row({ spec: { quality: 'premium', size: '0-1024' } }))).not.toBe(key);
});

const SHORT = '0-200000';
const LONG = '200001-';
const here = (context?: string) => row({ context });
const elsewhere = (context?: string) => row({ context, regions: ['eu-west-1'] });
const global = (context?: string) => row({ context, routing: 'global', regions: ['eu-west-1'] });

test.each<[what: string, rows: RawRow[], longContext: boolean, band: object | undefined]>([
  ['the Region', [here(SHORT), here(LONG), elsewhere('0-128000')], false, { context: SHORT }],
  ['the Region', [here(SHORT), here(LONG), elsewhere('128001-')], true, { context: LONG }],
  ['another Region', [elsewhere(SHORT), elsewhere(LONG), global('128001-')], true, { context: LONG }],
  ['another routing', [global(SHORT), global(LONG)], true, { context: LONG }],
  ['rows without bands', [here()], false, {}],
  ['no row', [], false, {}],
  ['rows without bands', [here()], true, undefined],
  ['two bands for long contexts', [here(LONG), here('128001-')], true, undefined],
  ['rows of another tier', [row({ tier: 'batch', context: LONG })], true, undefined],
])('the context band is that of %s: %#', (_what, rows, longContext, band) => {
  const rate = { routing: 'regional', tier: 'standard', longContext } as PublishedRate;
  expect(bandOf(rate, rows, ({ regions }) => regions.includes('us-east-1'))).toEqual(band);
});

import { applyRates, type Origin, type ScopedRates } from '../../../engine/price-list/apply-rates';
import type { PublishedRate } from '../../../engine/price-list/classify';
import { KINDS } from '../../../engine/pricing/kinds';
import type { RawRow } from '../../../engine/pricing/price-row';

const origin: Origin = {
  sources: ['read:AmazonBedrock:us-east-1:2026-11-10'],
  region: 'us-east-1',
  published: '2026-11-10',
  today: '2026-11-21',
  acceptQuarantined: false,
};

const rate = (kind: string, usd: string, effective = '2026-11-01'): PublishedRate => ({
  model: 'a.model',
  routing: 'regional',
  tier: 'standard',
  longContext: false,
  kind,
  rate: usd,
  effective,
  mantle: false,
  usagetype: 'Usage',
});

const row: RawRow = {
  price: 'a.model',
  routing: 'regional',
  tier: 'standard',
  regions: ['us-east-1'],
  rates: { input: '1', output: '5' },
  sources: ['table', 'read:AmazonBedrock:us-east-1:2026-10-01'],
  grade: 'C',
  asOf: '2026-10',
};

const apply = (rows: readonly RawRow[], rates: readonly PublishedRate[], more: Partial<ScopedRates> = {}, acceptQuarantined = false) =>
  applyRates({ rows, rates, shippedRates: {}, relatedRates: {}, ...more }, { ...origin, acceptQuarantined });

test('a confirmed rate gets grade A and this source; a kind that is not published keeps its grade', () => {
  expect(apply([row], [rate('input', '1')])).toEqual({
    rows: [{ ...row, grade: 'A', weak: { output: 'C' }, asOf: '2026-11-10', sources: [...origin.sources, 'table'] }],
    changed: [],
    added: [],
    quarantined: [],
  });
});

test('prices that change on two days close the row twice', () => {
  const { rows } = apply([row], [rate('output', '6', '2026-11-05'), rate('input', '2', '2026-11-01')]);
  expect(rows.map(({ from, until, rates }) => ({ from, until, rates }))).toEqual([
    { from: undefined, until: '2026-11-01', rates: { input: '1', output: '5' } },
    { from: '2026-11-01', until: '2026-11-05', rates: { input: '2', output: '5' } },
    { from: '2026-11-05', until: undefined, rates: { input: '2', output: '6' } },
  ]);
});

test('a scope without a price gets a row with the day on which the last of its rates began', () => {
  const { rows, added } = apply([], [rate('input', '1', '2026-11-01'), rate('output', '5', '2026-11-03')], { context: '0-200000' });
  expect(rows).toEqual([
    {
      ...row,
      context: '0-200000',
      effective: '2026-11-03',
      sources: origin.sources,
      grade: 'A',
      asOf: '2026-11-10',
    },
  ]);
  expect(added).toEqual(['Usage: input of a.model is new: 1', 'Usage: output of a.model is new: 5']);
});

test('a scope whose price has ended gets a row that begins where the last one ended', () => {
  const ended = [
    { ...row, until: '2026-06-01' },
    { ...row, from: '2026-06-01', until: '2026-09-01' },
  ];
  const { rows } = apply(ended, [rate('input', '1')]);
  expect(rows.slice(0, 2)).toEqual(ended);
  expect(rows[2]).toMatchObject({ from: '2026-09-01', rates: { input: '1' } });
});

test('a price that moved too far is applied where the shipped catalogue agrees', () => {
  expect(apply([row], [rate('input', '9')]).changed).toEqual([]);
  expect(apply([row], [rate('input', '9')], { shippedRates: { input: '9' } }).changed).toEqual(['Usage: input of a.model 1 -> 9']);
});

test.each([
  ['on the last day of the month of the reason', '2026-10-31', false],
  ['after it', '2026-11-01', true],
])('a rejected price that is published %s is applied: %p', (_when, effective, applied) => {
  const explained = { ...row, why: 'a reason', others: ['input 2'] };
  const { changed, quarantined } = apply([explained], [rate('input', '2', effective)]);
  expect([changed.length, quarantined.length]).toEqual(applied ? [1, 0] : [0, 1]);
  expect(apply([explained], [rate('input', '3', effective)]).changed).toHaveLength(1);
});

const ZERO_IS_TRUE = ['cacheWrite5m', 'cacheWrite30m', 'cacheWrite1h'];
const kinds = Object.keys(KINDS).map((kind) => [kind, ZERO_IS_TRUE.includes(kind)] as const);

test.each(kinds)('a first price of zero for %s is believed: %p', (kind, believed) => {
  const { rows, added, quarantined } = apply([row], [rate(kind, '0')]);
  if (kind in row.rates) return;
  expect([added.length, quarantined.length]).toEqual(believed ? [1, 0] : [0, 1]);
  expect(kind in rows[0]!.rates).toBe(believed);
});

test.each(kinds)('in a new row beside a price, a zero for %s is believed: %p', (kind, believed) => {
  const beside = kind === 'input' ? 'output' : 'input';
  const { rows, added, quarantined } = apply([], [rate(beside, '1'), rate(kind, '0')]);
  // Without its input or output, the whole row is held back.
  const isHalf = ['input', 'output'].includes(kind);
  expect(rows.map(({ rates }) => Object.keys(rates))).toEqual(isHalf ? [] : [believed ? [beside, kind] : [beside]]);
  expect(added).toHaveLength(isHalf ? 0 : believed ? 2 : 1);
  expect(quarantined).toHaveLength(isHalf ? 2 : believed ? 0 : 1);
});

test.each(['0', '0.00'])('a price that becomes %s is not believed, even if an event accepts what is quarantined', (zero) => {
  const { rows, quarantined } = apply([row], [rate('input', zero), rate('output', zero)], {}, true);
  expect(quarantined).toHaveLength(2);
  expect(rows[0]!.rates).toEqual(row.rates);
});

test('a zero that the catalogue already has, or that the library ships, is true', () => {
  const free = { ...row, rates: { input: '0' } };
  expect(apply([free], [rate('input', '0')]).quarantined).toEqual([]);
  expect(apply([row], [rate('input', '0')], { shippedRates: { input: '0' } }).changed).toHaveLength(1);
  expect(apply([], [rate('input', '0'), rate('output', '1')], { shippedRates: { input: '0' } }).added).toHaveLength(2);
});

test('cache writes of zero alone make no row: where nothing else is known, the model has no price', () => {
  expect(apply([], [rate('input', '0'), rate('output', '0'), rate('cacheWrite5m', '0')])).toMatchObject({ rows: [], added: [] });
  expect(apply([], [rate('cacheWrite5m', '0')])).toMatchObject({ rows: [], added: [], quarantined: [expect.any(String)] });
});

test.each([
  ['a thousandth', '0.001', false, false],
  ['a thousand times', '1000', false, false],
  ['a little more than five times', '5.000001', false, false],
  ['five times', '5', false, true],
  ['a fifth of one', '0.2', false, true],
  ['a thousand times, accepted by an event', '1000', true, true],
])('a new price of %s of all others of the model is believed: %#', (_what, usd, accepted, believed) => {
  const { added, quarantined } = apply([], [rate('input', usd)], { relatedRates: { input: ['1', '0'], output: ['1000'] } }, accepted);
  expect([added.length, quarantined.length]).toEqual(believed ? [1, 0] : [0, 1]);
});

import { applyRates, type Origin, type ScopedRates } from '../../../engine/price-list/apply-rates';
import type { PublishedRate } from '../../../engine/price-list/classify';
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

const apply = (rows: readonly RawRow[], rates: readonly PublishedRate[], more: Partial<ScopedRates> = {}) =>
  applyRates({ rows, rates, shippedRates: {}, ...more }, origin);

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

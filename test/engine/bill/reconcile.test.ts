import fc from 'fast-check';
import type { BillLine } from '../../../engine/bill/bill-line';
import { type DifferenceKind, DIFFERENCE_KINDS } from '../../../engine/bill/differences';
import type { OurLine } from '../../../engine/bill/our-usage';
import { byKind, reconcile } from '../../../engine/bill/reconcile';
import { combine, type Statement } from '../../../engine/bill/statements';
import { cases } from '../../cases';

const USD = 1_000_000_000_000n;
/** 3 USD per million tokens. */
const RATE = 3_000_000n;
const AS_OF = Date.parse('2026-12-31T00:00:00Z');
const SCOPE = {
  account: '111122223333',
  region: 'us-east-1',
  model: 'm',
  kind: 'input',
  routing: 'regional',
  tier: 'standard',
  isLong: false,
} as const;

const ours = (day: string, tokens: number, more: Partial<OurLine> = {}): OurLine => {
  const cost = BigInt(tokens) * RATE;
  return { ...SCOPE, day, tokens, low: cost, high: cost, ...more };
};
const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
const billed = (day: string, tokens: number | undefined, more: Partial<BillLine> = {}): BillLine => {
  const cost = BigInt(tokens ?? 0) * RATE;
  return {
    ...{ ...SCOPE, charge: 'usage', from: day, until: nextDay(day), usageType: 'USE1-m-input-tokens', isUnderstood: true },
    ...{ tokens, tokenRounding: 1, gross: cost, amount: cost, rounding: 1n },
    ...more,
  };
};
const DAY = '2026-11-10';
const ANCHOR: [BillLine, OurLine] = [
  billed('2026-11-01', 1_000_000, { model: 'anchor' }),
  ours('2026-11-01', 1_000_000, { model: 'anchor' }),
];
const compare = (bill: BillLine[], records: OurLine[]) => reconcile([ANCHOR[0], ...bill], [ANCHOR[1], ...records], { asOf: AS_OF });

test('what agrees to the token has no difference, and a drift of 0', () => {
  const { differences, driftPercent, total, until } = compare([billed(DAY, 500)], [ours(DAY, 500)]);
  expect(differences).toEqual([]);
  expect(driftPercent).toBe(0);
  expect(total.ours).toBe(total.billed);
  expect(until).toBe('2026-11-11');
});

test('a quantity that is rounded beside an amount that is right is no difference', () => {
  expect(compare([billed(DAY, 500, { tokens: 500.6 })], [ours(DAY, 500)]).differences).toEqual([]);
});

/** Each kind, planted alone: lines of both sides, the amount in USD, and what is said of it. */
const PLANTED: ReadonlyArray<readonly [DifferenceKind, BillLine[], OurLine[], number, string?]> = [
  ['unseenSource', [billed(DAY, 1_000_000, { tier: 'batch', source: 'batch' })], [], 3, 'batch'],
  [
    'unclassified',
    [billed(DAY, undefined, { kind: undefined, isUnderstood: false, usageType: 'USE1-New', amount: 2n * USD, gross: 2n * USD })],
    [],
    2,
    'USE1-New',
  ],
  ['unrecorded', [billed(DAY, 1_000_000)], [], 3],
  ['unrecorded', [billed(DAY, 3_000_000)], [ours(DAY, 1_000_000)], 6],
  ['unbilled', [billed(DAY, 5, { model: 'anchor' })], [ours(DAY, 1_000_000), ours(DAY, 5, { model: 'anchor' })], -3],
  ['unbilled', [billed(DAY, 1_000_000)], [ours(DAY, 3_000_000)], -6],
  ['unpriced', [billed(DAY, 1_000_000)], [ours(DAY, 1_000_000, { low: undefined, high: undefined })], 3],
  ['discount', [billed(DAY, 1_000_000, { amount: (27n * USD) / 10n })], [ours(DAY, 1_000_000)], -0.3],
  ['freeTier', [billed(DAY, 1_000_000, { amount: 0n, gross: 0n })], [ours(DAY, 1_000_000)], -3],
  ['price', [billed(DAY, 1_000_000, { amount: 4n * USD, gross: 4n * USD })], [ours(DAY, 1_000_000)], 1, 'ours 3, billed 4 a million'],
  ['openPrice', [billed(DAY, 1_000_000, { amount: 5n * USD, gross: 5n * USD })], [ours(DAY, 1_000_000, { high: 6n * USD })], 2],
  [
    'rounding',
    [billed(DAY, 1_000_000, { amount: 3n * USD + 4_000_000_000n, gross: 3n * USD + 4_000_000_000n, rounding: 5_000_000_000n })],
    [ours(DAY, 1_000_000)],
    0.004,
  ],
  ['unexplained', [billed(DAY, undefined, { amount: 4n * USD, gross: 4n * USD })], [ours(DAY, 1_000_000)], 1],
];

test.each(PLANTED.map((planted) => ({ kind: planted[0], planted })))('$kind is named, with its amount', ({ planted }) => {
  const [kind, bill, records, usd, detail] = planted;
  const { differences } = compare(bill, records);
  expect(differences.map((each) => [each.kind, Number(each.amount) / 1e12, each.detail])).toEqual([[kind, usd, detail]]);
});

test('tokens that are on the bill of the next day are late, and cost nothing', () => {
  const { differences, driftPercent } = compare(
    [billed(DAY, 900_000), billed(nextDay(DAY), 1_100_000)],
    [ours(DAY, 1_000_000), ours(nextDay(DAY), 1_000_000)],
  );
  expect(differences.map(({ kind, amount }) => [kind, Number(amount) / 1e12])).toEqual([
    ['lateRecords', -0.3],
    ['lateRecords', 0.3],
  ]);
  expect(driftPercent).toBe(0);
});

test('a model that is too high does not hide one that is too low', () => {
  const { driftPercent, total } = reconcile(
    [billed(DAY, 1_000_000, { model: 'a' }), billed(DAY, 1_000_000, { model: 'b' })],
    [ours(DAY, 900_000, { model: 'a' }), ours(DAY, 1_100_000, { model: 'b' })],
    { asOf: AS_OF },
  );
  expect(total.ours).toBe(total.billed);
  expect(driftPercent).toBe(10);
});

test('what is billed and writes no record is no drift', () => {
  expect(compare([billed(DAY, 9_000_000, { tier: 'batch', source: 'batch' })], []).driftPercent).toBe(0);
});

test('days that are not settled yet are on neither side; without any that are, the drift is unknown', () => {
  const late = reconcile([billed('2026-11-01', 5), billed('2026-11-04', 5)], [ours('2026-11-01', 5), ours('2026-11-04', 900)], {
    asOf: Date.parse('2026-11-06T12:00:00Z'),
  });
  expect(late).toMatchObject({ until: '2026-11-03', lastBilledDay: '2026-11-04', lagHours: 36, driftPercent: 0 });
  expect(late.outside).toEqual({ ours: 900n * RATE, billed: 5n * RATE });
  const none = reconcile([billed('2026-11-04', 5)], [ours('2026-11-04', 900)], { asOf: Date.parse('2026-11-06T12:00:00Z') });
  expect(none.driftPercent).toBeUndefined();
  expect(reconcile([], [ours(DAY, 5)], { asOf: AS_OF }).driftPercent).toBeUndefined();
});

test('a bill by month is compared with our whole month, and one without accounts with all of ours', () => {
  const month = billed('2026-11-01', 30, { until: '2026-12-01', account: undefined });
  const days = ['2026-11-01', '2026-11-15', '2026-11-30'].map((day, at) => ours(day, 10, { account: `11112222333${at}` }));
  const { axes, differences, total } = reconcile([month], [...days, ours('2026-12-01', 7)], { asOf: AS_OF });
  expect(axes).toMatchObject({ day: false, account: false });
  expect(differences).toEqual([]);
  expect(total.ours).toBe(30n * RATE);
});

test('with principals on the bill, each is compared; the lifetime of cache writes only where records say it', () => {
  const bill = ['a', 'b'].map((principal) => billed(DAY, 100, { principal, kind: 'cacheWrite1h' }));
  const records = [ours(DAY, 100, { principal: 'a', kind: 'cacheWrite' }), ours(DAY, 50, { principal: 'b', kind: 'cacheWrite' })];
  const { differences } = reconcile(bill, records, { asOf: AS_OF });
  expect(differences.map(({ kind, key }) => [kind, key.principal, key.kind])).toEqual([['unrecorded', 'b', 'cacheWrite']]);
});

test('credits, refunds and taxes are beside the comparison; usage without a date is in no sum', () => {
  const result = compare([billed(DAY, 5, { charge: 'credit', amount: -USD }), billed(DAY, 7, { from: undefined, until: undefined })], []);
  expect([...result.beside]).toEqual([['credit', -USD]]);
  expect(result.undated).toBe(7n * RATE);
  expect(result.differences).toEqual([]);
});

test('the parts of all differences add up to the difference of the totals, whatever both sides say', () => {
  const day = fc.integer({ min: 10, max: 14 }).map((n) => `2026-11-${n}`);
  const tokens = fc.integer({ min: 0, max: 5_000_000 });
  const some = fc.option(tokens, { nil: undefined });
  const billLine = fc
    .record({
      day,
      tokens: some,
      model: fc.constantFrom('a', 'b'),
      amount: tokens,
      gross: tokens,
      source: fc.constantFrom('batch', undefined),
      known: fc.boolean(),
    })
    .map(({ day, tokens, amount, gross, model, source, known }) =>
      billed(day, tokens, { model, source, isUnderstood: known, amount: BigInt(amount) * RATE, gross: BigInt(gross) * RATE }),
    );
  const ourLine = fc
    .record({ day, tokens, model: fc.constantFrom('a', 'b'), priced: fc.boolean(), open: tokens })
    .map(({ day, tokens, model, priced, open }) =>
      ours(day, tokens, priced ? { model, high: BigInt(tokens + open) * RATE } : { model, low: undefined, high: undefined }),
    );
  fc.assert(
    fc.property(fc.array(billLine, { maxLength: 12 }), fc.array(ourLine, { maxLength: 12 }), (bill, records) => {
      const { differences, total } = reconcile(bill, records, { asOf: AS_OF });
      const kinds = byKind(differences);
      const parts = [...kinds.values()].reduce((sum, { amount }) => sum + amount, 0n);
      expect(parts).toBe(total.billed - total.ours);
      expect([...kinds.keys()].every((kind) => Object.hasOwn(DIFFERENCE_KINDS, kind))).toBe(true);
    }),
    { numRuns: cases(200, 3000), seed: 16 },
  );
});

const statement = (name: string, lines: BillLine[], more: Partial<Statement> = {}): Statement => ({
  name,
  form: 'cur',
  isMonthly: true,
  lines,
  ...more,
});

test('of a month that was delivered again the last delivery counts; another account beside it is kept', () => {
  const other = billed(DAY, 9, { account: '444455556666' });
  const { lines, setAside } = combine([statement('first', [billed(DAY, 1), other]), statement('second', [billed(DAY, 2)])]);
  expect(lines.map(({ tokens }) => tokens).sort()).toEqual([2, 9]);
  expect(setAside).toEqual([
    { name: 'first', insteadUsed: 'second', month: '2026-11', amount: RATE, amountUsed: 2n * RATE, isRestated: true },
  ]);
});

test('two exports of the same money are not added: the one that was named first counts', () => {
  const { lines, setAside } = combine([statement('cur', [billed(DAY, 1)]), statement('focus', [billed(DAY, 5)], { form: 'focus' })]);
  expect(lines.map(({ tokens }) => tokens)).toEqual([1]);
  expect(setAside).toMatchObject([{ name: 'focus', insteadUsed: 'cur', amount: 5n * RATE, isRestated: false }]);
});

test('responses of Cost Explorer are added, and a line that two of them have counts once', () => {
  const answer = { form: 'Cost Explorer', isMonthly: false };
  const { lines, setAside } = combine([
    statement('week 1', [billed(DAY, 1), billed('2026-11-11', 2)], answer),
    statement('week 2', [billed('2026-11-11', 3), billed('2026-11-12', 4)], answer),
  ]);
  expect(lines.map(({ tokens }) => tokens)).toEqual([1, 3, 4]);
  expect(setAside).toEqual([]);
});

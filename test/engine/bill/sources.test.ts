import { sidesOfAccounts } from '../../../engine/bill/accounts';
import type { BillLine } from '../../../engine/bill/bill-line';
import { readLedgerUsage } from '../../../engine/bill/ledger-usage';
import type { OurLine } from '../../../engine/bill/our-usage';
import { reconcile } from '../../../engine/bill/reconcile';
import { PriceEngine } from '../../../engine/pricing/price-engine';

const USD = 1_000_000_000_000n;
const AS_OF = { asOf: Date.parse('2026-12-31T00:00:00Z') };
const DAY = '2026-11-10';
const HAIKU = 'anthropic.claude-haiku-4-5-20251001-v1:0';

const billed = (usd: number, more: Partial<BillLine> = {}): BillLine => {
  const amount = BigInt(Math.round(usd * 1e6)) * 1_000_000n;
  return {
    ...{ charge: 'usage', from: DAY, until: '2026-11-11', account: '111122223333', region: 'us-east-1', usageType: 'USE1-x' },
    ...{ isUnderstood: true, gross: amount, amount, rounding: 1n },
    ...more,
  };
};
const ours = (usd: number, more: Partial<OurLine> = {}): OurLine => {
  const low = BigInt(Math.round(usd * 1e6)) * 1_000_000n;
  return {
    ...{ day: DAY, account: '111122223333', region: 'us-east-1', model: HAIKU, routing: 'regional', tier: 'standard', isLong: false },
    ...{ kind: 'input', tokens: 1_000_000, low, high: low },
    ...more,
  };
};
/** What is compared in each case, so that there is a drift. */
const CALL: readonly [BillLine, OurLine] = [
  billed(1.1, { model: HAIKU, kind: 'input', tokens: 1_000_000, tokenRounding: 1, routing: 'regional', tier: 'standard', isLong: false }),
  ours(1.1),
];
const compare = (bill: readonly BillLine[], records: readonly OurLine[]) => reconcile([CALL[0], ...bill], [CALL[1], ...records], AS_OF);
const kindsOf = ({ differences }: ReturnType<typeof reconcile>) =>
  differences.map(({ kind, amount, detail }) => [kind, Number(amount) / 1e12, detail]);

test.each([
  ['batch', { model: HAIKU, tokens: 5_000_000, tokenRounding: 1 }, { model: HAIKU, kind: 'input', tokens: 5_000_000 }],
  ['provisioned', { model: 'NovaMicro' }, { model: HAIKU, kind: 'modelUnitHour', tokens: 24 }],
  ['guardrail', {}, { model: 'bedrock:guardrails', kind: 'contentPolicyUnit', tokens: 900 }],
  ['customModel', { principal: 'role' }, { kind: 'modelMonth', tokens: 1 / 30 }],
])('%s that both sides have is no difference, whatever model, kind and caller each names', (source, bill, line) => {
  const result = compare([billed(3, { source, ...bill })], [ours(3, { source, ...line })]);
  expect(result.differences).toEqual([]);
  expect(result.driftPercent).toBe(0);
});

test('what the bill has more of a source than its lines is unseen, and no drift', () => {
  const batch = { source: 'batch', model: HAIKU, tokens: 5_000_000, tokenRounding: 1 };
  const result = compare([billed(5, batch)], [ours(3, { source: 'batch', tokens: 3_000_000 })]);
  expect(kindsOf(result)).toEqual([['unseenSource', 2, 'batch']]);
  expect(result.driftPercent).toBe(0);
});

test('another price of a source is named, and no drift: jobs are counted when they end', () => {
  const batch = { source: 'batch', model: HAIKU, tokens: 1_000_000, tokenRounding: 1 };
  const result = compare([billed(4, batch)], [ours(3, { source: 'batch' })]);
  expect(kindsOf(result)).toEqual([['price', 1, 'ours 3, billed 4 a million']]);
  expect(result.driftPercent).toBe(0);
});

test('units of guardrails in records are those on the bill, and not counted beside those of the metrics', () => {
  const guardrail = billed(0.15, { source: 'guardrail' });
  const inRecord = ours(0.15, { kind: 'contentPolicyUnit', tokens: 1000 });
  const inMetrics = ours(0.15, { source: 'guardrail', kind: 'contentPolicyUnit', tokens: 1000 });
  expect(kindsOf(compare([guardrail], [inRecord]))).toEqual([]);
  const both = compare([guardrail], [inRecord, inMetrics]);
  expect(kindsOf(both)).toEqual([]);
  expect(both.total.ours).toBe((125n * USD) / 100n);
});

test('images have usage types that are not read: the amounts of the model are compared', () => {
  const canvas = 'amazon.nova-canvas-v1:0';
  const image = billed(0.4, { isUnderstood: false, usageType: 'USE1-NovaCanvas-T2I-1024-Standard', model: canvas });
  expect(kindsOf(compare([image], [ours(0.4, { model: canvas, kind: 'image', tokens: 10 })]))).toEqual([]);
  expect(kindsOf(compare([image], []))).toEqual([['unclassified', 0.4, 'USE1-NovaCanvas-T2I-1024-Standard']]);
});

test('the units of a ledger line are read', () => {
  const line = JSON.stringify({
    ...{ ledger: 1, time: '2026-11-10T09:00:00Z', status: 'priced', requestId: 'a', region: 'us-east-1', modelId: HAIKU, model: HAIKU },
    ...{ tokens: {}, units: { modelUnitHour: 2 }, source: 'provisioned', costUsd: 42 },
  });
  expect(readLedgerUsage(line, new PriceEngine())?.lines).toMatchObject([
    { source: 'provisioned', kind: 'modelUnitHour', tokens: 2, low: 42n * USD },
  ]);
});

test('days after the last line of the bill are not there yet, also where they are asked for', () => {
  const result = reconcile([CALL[0]], [CALL[1], ours(9, { day: '2026-11-11' })], { ...AS_OF, from: '2026-11-10', until: '2026-11-12' });
  expect(result).toMatchObject({ until: '2026-11-11', driftPercent: 0, outside: { ours: 9n * USD } });
});

test('without callers in our figures callers are not compared', () => {
  const { axes, differences } = reconcile([{ ...CALL[0], principal: 'role' }], [CALL[1]], AS_OF);
  expect(axes.principal).toBe(false);
  expect(differences).toEqual([]);
});

test('each account is compared by itself, also without the models of the Marketplace', () => {
  const other = '444455556666';
  const bill = [CALL[0], { ...CALL[0], account: other, amount: 2n * USD, gross: 2n * USD }];
  const records = [CALL[1], { ...CALL[1], account: other }];
  const expected = [
    { account: '111122223333', driftPercent: 0 },
    { account: other, billed: 2n * USD, ours: (11n * USD) / 10n, driftPercent: 45 },
  ];
  expect(sidesOfAccounts(bill, records, true, AS_OF)).toMatchObject(expected);
  const nameless = bill.map((line) => ({ ...line, model: undefined, usageType: 'USE1-MP:USE1_InputTokenCount-Units' }));
  expect(sidesOfAccounts(nameless, records, false, AS_OF)).toMatchObject(expected);
});

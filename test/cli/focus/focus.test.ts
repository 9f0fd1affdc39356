import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { focusCsv } from '../../../cli/focus/focus-csv';
import { FocusLines } from '../../../cli/focus/focus-lines';
import { costOf } from '../../../cli/replay/call-cost';
import { CallTotals } from '../../../cli/replay/call-totals';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { PriceOverrides } from '../../../engine/pricing/price-overrides';
import { parseUsd } from '../../../engine/pricing/usd-text';
import { Duplicates } from '../../../engine/rating/duplicates';
import { Rater } from '../../../engine/rating/rater';
import { parseRecord } from '../../../engine/records/parse-record';
import { cases } from '../../cases';
import { CALLER, metadataOnly, type Raw } from '../../fixtures/invocation-records';
import { runInProcess } from '../command-line';
import { FOCUS_COLUMNS, problemsOf } from './focus-spec';
import { call, file, lines } from '../replaying';

type Row = Readonly<Record<string, string>>;

const rowsOf = (csv: string): Row[] => parse(csv, { columns: true }) as Row[];

async function focus(records: readonly Raw[], ...args: string[]): Promise<Row[]> {
  const { out, code } = await runInProcess(['replay', file(lines(...records)), '--format', 'focus', ...args]);
  expect(code).toBe(0);
  return rowsOf(out);
}

test('a call is a line for each kind of usage, each as the specification has it', async () => {
  const rows = await focus([metadataOnly]);
  expect(rows.map(({ SkuMeter, ConsumedQuantity }) => [SkuMeter, ConsumedQuantity])).toEqual([
    ['input', '1200'],
    ['cacheRead', '30000'],
    ['cacheWrite', '500'],
    ['output', '350'],
  ]);
  expect(rows.flatMap(problemsOf)).toEqual([]);
  expect(rows[0]).toMatchObject({
    BilledCost: '0.00396',
    ListUnitPrice: '3.3',
    PricingQuantity: '0.0012',
    PricingUnit: '1000000 Tokens',
    ChargePeriodStart: '2026-11-20T00:00:00Z',
    ChargePeriodEnd: '2026-11-21T00:00:00Z',
    BillingPeriodStart: '2026-11-01T00:00:00Z',
    BillingPeriodEnd: '2026-12-01T00:00:00Z',
    SubAccountId: '111122223333',
    x_Model: 'Claude Sonnet 4.6',
    ResourceType: 'Inference Profile',
    SkuPriceDetails: '{"x_Routing":"regional","x_ServiceTier":"standard"}',
    x_ServiceTier: 'standard',
  });
  // Of 5 minutes: a record without a body leaves the lifetime open.
  expect(rows[2]).toMatchObject({ BilledCost: '0.0020625', x_CostHigh: '0.0033', ContractedUnitPrice: '4.125' });
});

test('--by gives hours and months, columns of our own, and tags of the metadata', async () => {
  const records = ['2026-11-20T10:59:59Z', '2026-11-20T11:00:00Z'].map((timestamp, n) =>
    call(n, { timestamp, requestMetadata: { team: `t${n}` } }),
  );
  const hours = await focus(records, '--by', 'hour,caller');
  expect(hours.map(({ ChargePeriodStart, x_Caller }) => [ChargePeriodStart, x_Caller])).toEqual([
    ['2026-11-20T10:00:00Z', CALLER],
    ['2026-11-20T11:00:00Z', CALLER],
  ]);
  const months = await focus(records, '--by', 'month,meta:team');
  expect(months.map(({ ChargePeriodEnd, Tags }) => [ChargePeriodEnd, Tags])).toEqual([
    ['2026-12-01T00:00:00Z', '{"team":"t0"}'],
    ['2026-12-01T00:00:00Z', '{"team":"t1"}'],
  ]);
  expect(await focus(records)).toHaveLength(1);
});

test('the list price stays beside a discount, and units that are no tokens have their own', async () => {
  const overrides = file('{"discounts":[{"name":"EDP","provider":"Anthropic","percent":"10"}]}');
  const images = call(2, {
    modelId: 'amazon.nova-canvas-v1:0',
    operation: 'InvokeModel',
    input: { inputBodyJson: { taskType: 'TEXT_IMAGE' } },
    output: { outputBodyJson: { images: ['AAAA', 'AAAA'] } },
  });
  const [image, discounted] = (await focus([call(1), images], '--overrides', overrides)).sort((one, other) =>
    one.SkuMeter! < other.SkuMeter! ? -1 : 1,
  );
  expect(discounted).toMatchObject({ BilledCost: '0.00000099', ListCost: '0.0000011', ListUnitPrice: '1.1', ContractedUnitPrice: '0.99' });
  expect(image).toMatchObject({ ConsumedQuantity: '2', ConsumedUnit: 'Images', PricingUnit: 'Images', PricingQuantity: '2' });
});

test('a call without a price is in no line, and is said', async () => {
  const { out, err } = await runInProcess(['replay', file(lines(call(1, { modelId: 'acme.model' }))), '--format', 'focus']);
  expect(rowsOf(out)).toEqual([]);
  expect(err).toContain('1 call without a price: in no line of FOCUS');
});

test('columns come in the order of the specification, our own at the end', async () => {
  const columns = Object.keys((await focus([metadataOnly]))[0]!);
  const known = [...FOCUS_COLUMNS.keys()].filter((name) => columns.includes(name));
  expect(columns.slice(0, known.length)).toEqual(known);
});

test.each([
  ['amazon.nova-micro-v1:0', 'Foundation Model'],
  ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0', 'Foundation Model'],
  ['arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc', 'Application Inference Profile'],
])('%s is a %s', async (modelId, type) => {
  const profiles = file(
    JSON.stringify({ 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc': 'amazon.nova-micro-v1:0' }),
  );
  const [row] = await focus([call(1, { modelId })], '--profiles', profiles);
  expect(row).toMatchObject({ ResourceId: modelId, ResourceType: type });
});

test('random calls: the lines add up to the cost of the calls, and price times quantity is the cost', () => {
  const models = ['us.anthropic.claude-sonnet-4-6', 'us.openai.gpt-5.6-sol', 'amazon.nova-canvas-v1:0', 'cohere.rerank-v3-5:0', 'acme.x'];
  const record = fc.record({
    modelId: fc.constantFrom(...models),
    timestamp: fc.date({ min: new Date('2026-10-30'), max: new Date('2026-11-03'), noInvalidDate: true }).map((date) => date.toISOString()),
    input: fc.record({
      inputTokenCount: fc.nat(500_000),
      cacheReadInputTokenCount: fc.nat(5000),
      cacheWriteInputTokenCount: fc.nat(5000),
    }),
    output: fc.record({ outputTokenCount: fc.nat(9000), outputImagesCount: fc.constantFrom(undefined, 3) }),
  });
  const catalogue = Catalogue.builtIn();
  const own = PriceOverrides.fromJson('{"discounts":[{"name":"EDP","provider":"Anthropic","percent":"7.5"}]}', catalogue);
  fc.assert(
    fc.property(fc.array(record, { maxLength: 12 }), fc.boolean(), (records, hasOwnPrices) => {
      const prices = new PriceEngine({ catalogue, overrides: hasOwnPrices ? own : undefined });
      const rater = new Rater(prices, new Duplicates());
      const focus = new FocusLines(['hour'], { catalogue, prices, hasOwnPrices, complete: true });
      const total = new CallTotals();
      records.forEach((each, n) => {
        const parsed = parseRecord(JSON.stringify(call(n, each)));
        if (parsed.kind !== 'call') return;
        const rated = rater.rate(parsed);
        total.add(rated, costOf(rated));
        focus.add(rated);
      });
      const rows = rowsOf(focusCsv(focus, catalogue));
      const sum = (column: string) => rows.reduce((sum, row) => sum + parseUsd(row[column]!), 0n);
      expect([sum('BilledCost'), sum('x_CostHigh')]).toEqual([total.low, total.high]);
      expect(rows.flatMap(problemsOf)).toEqual([]);
      for (const { PricingQuantity: quantity, ...row } of rows) {
        for (const basis of ['Contracted', 'List']) {
          expect(parseUsd(row[`${basis}UnitPrice`]!) * parseUsd(quantity!)).toBe(parseUsd(row[`${basis}Cost`]!) * 10n ** 12n);
        }
        expect([row.BilledCost, row.EffectiveCost]).toEqual([row.ContractedCost, row.ContractedCost]);
      }
    }),
    { numRuns: cases(30, 500) },
  );
});

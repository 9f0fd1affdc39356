import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { focusSql } from '../../../engine/focus/focus-sql';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { cases } from '../../cases';
import { runInProcess } from '../../cli/command-line';
import { call, file, lines } from '../../cli/replaying';
import { converse, embedding, failed, metadataOnly, numbered, type Raw } from '../../fixtures/invocation-records';
import { DuckLedger } from '../ledger/questions/duck-ledger';
import { messages, meterOf } from '../metering/harness';

type Row = Readonly<Record<string, string>>;

const catalogue = Catalogue.builtIn();

/** The rows of both, without what is empty, and numbers without zeros at their ends. */
const normal = (rows: readonly Row[]): string[] =>
  rows
    .map((row) =>
      JSON.stringify(
        Object.entries(row)
          .filter(([, value]) => value !== '')
          .map(([name, value]) => [name, /^\d+\.\d+$/.test(value) ? value.replace(/\.?0+$/, '') : value]),
      ),
    )
    .sort();

async function fromTable(records: readonly Raw[]): Promise<Row[]> {
  const { meter, written } = meterOf({ LEDGER: 'table', LEDGER_STREAM: 'rows' });
  for (let at = 0; at < records.length; at += 50) await meter.meter(messages(records.slice(at, at + 50)));
  const ledger = await DuckLedger.of(
    written
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('{"ledger"')),
  );
  const rows = await ledger.rows(focusSql({ unit: 'day', catalogue }));
  ledger.close();
  return rows;
}

async function fromReplay(records: readonly Raw[]): Promise<Row[]> {
  const { out, code } = await runInProcess(['replay', file(lines(...records)), '--format', 'focus']);
  expect(code).toBe(0);
  return parse(out, { columns: true }) as Row[];
}

const IMAGE = {
  modelId: 'amazon.nova-canvas-v1:0',
  operation: 'InvokeModel',
  input: { inputBodyJson: { taskType: 'TEXT_IMAGE' } },
  output: { outputBodyJson: { images: ['AAAA', 'AAAA'] } },
};

test('the table gives the charges of FOCUS that `replay` gives, of every kind of call', async () => {
  const records = [
    ...[metadataOnly, converse, embedding, failed].map((record, n) => numbered(record, n)),
    call(11, IMAGE),
    call(12, { modelId: 'global.anthropic.claude-sonnet-4-6', accountId: '222222222222', region: 'eu-central-1' }),
    call(13, { timestamp: '2026-10-31T23:59:59Z', serviceTier: 'flex', modelId: 'amazon.nova-micro-v1:0' }),
    call(14, { modelId: 'cohere.rerank-v3-5:0' }),
    call(15, { modelId: 'acme.unknown' }),
  ];
  const focus = await fromReplay(records);
  expect(focus.length).toBeGreaterThan(8);
  expect(normal(await fromTable(records))).toEqual(normal(focus));
});

test('and of random calls', async () => {
  const record = fc.record({
    modelId: fc.constantFrom('us.anthropic.claude-sonnet-4-6', 'us.openai.gpt-5.6-sol', 'amazon.nova-micro-v1:0', 'acme.x'),
    timestamp: fc.date({ min: new Date('2026-10-30'), max: new Date('2026-11-03'), noInvalidDate: true }).map((date) => date.toISOString()),
    input: fc.record({
      inputTokenCount: fc.nat(500_000),
      cacheReadInputTokenCount: fc.nat(5000),
      cacheWriteInputTokenCount: fc.nat(5000),
    }),
    output: fc.record({ outputTokenCount: fc.nat(9000) }),
  });
  const run = fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 60 }), async (drawn) => {
    const records = drawn.map((each, n) => call(n, each));
    expect(normal(await fromTable(records))).toEqual(normal(await fromReplay(records)));
  });
  await fc.assert(run, { numRuns: cases(2, 30) });
});

test('with prices of your own the published cost is unknown to the table, and not that of your price', async () => {
  const line =
    '{"ledger":1,"time":"2026-11-20T10:15:42.000Z","status":"priced","modelId":"m","region":"us-east-1","tokens":{"input":7,"output":0},';
  const priced = `${line}"requestId":"a","routing":"regional","costUsd":0.000007,"priceBasis":"discount","unitPrices":{"input":1000000}}`;
  const ledger = await DuckLedger.of([priced]);
  const [row] = await ledger.rows(focusSql({ unit: 'month', catalogue }));
  ledger.close();
  expect(row).toMatchObject({
    BilledCost: '0.000007000000',
    ContractedUnitPrice: '1.000000000000',
    ChargePeriodEnd: '2026-12-01T00:00:00Z',
  });
  expect(row).not.toHaveProperty('ListCost');
});

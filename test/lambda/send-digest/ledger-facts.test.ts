import type { DigestFacts } from '../../../engine/digest/digest-facts';
import { ledgerFacts } from '../../../lambda/send-digest/ledger-facts';
import type { MetricQuery, QueryRow } from '../../../lambda/shared/sources';
import { FakeSources } from '../publish-signals/fake-sources';

const DAY = 86_400_000;
const FROM = Date.UTC(2026, 10, 14);
const WEEK = { from: FROM, until: FROM + 7 * DAY, timeZone: 'UTC' };

/** The facts of a week, of sources that answer queries over it and over the week before with price rows. */
function facts(sources: FakeSources): Promise<DigestFacts> {
  return ledgerFacts(sources, { ledgerLogGroups: ['ledger'], meterLogGroup: 'ledger', meterFunction: 'meter' }, WEEK);
}

const priceRows = (now: readonly QueryRow[], before: readonly QueryRow[]) =>
  new FakeSources(undefined, [], (query, from) => (query.includes('by priceRow') ? (from === FROM ? now : before) : []));

test('price rows are new that the week before did not use; unknown where it used none', async () => {
  const rows = ['b', 'a', ''].map((priceRow) => ({ priceRow, calls: '1' }));
  expect((await facts(priceRows(rows, [{ priceRow: 'b' }]))).newPriceRows).toEqual(['a']);
  expect((await facts(priceRows(rows, []))).newPriceRows).toBeUndefined();
});

/** How many lines there are, and how many of them the query that groups them by call has read. */
const totals = (now: { lines: string; grouped: string }, before = now) =>
  new FakeSources(undefined, [], (query, from) => {
    const { lines, grouped } = from < FROM ? before : now;
    return query.includes('by status |')
      ? [{ status: 'priced', calls: '4', priced: '4', usd: '2.5', lines: grouped }]
      : query.includes('stats count(*) as lines |')
        ? [{ lines }]
        : [];
  });

test('compares with the week before', async () => {
  const sources = totals({ lines: '4', grouped: '4' });
  expect((await facts(sources)).usdBefore).toBe(2_500_000_000_000n);
  expect(new Set(sources.queries.map(({ from, to }) => [from - FROM, to - FROM].join()))).toEqual(
    new Set([`0,${7 * DAY + DAY / 4}`, `${-7 * DAY},${DAY / 4}`]),
  );
  expect((await facts(new FakeSources())).usdBefore).toBeUndefined();
});

test('says that lines are missing from the totals, and compares no such totals', async () => {
  const whole = { lines: '4', grouped: '4' };
  const cut = { lines: '5', grouped: '4' };
  expect(await facts(totals(whole))).toMatchObject({ limits: [], total: { calls: 4 } });
  expect((await facts(totals(whole, cut))).usdBefore).toBeUndefined();
  const { usdBefore, limits, total } = await facts(totals(cut, whole));
  expect([usdBefore, total.calls, limits]).toEqual([undefined, 4, [expect.stringContaining('did not group all ledger lines')]]);
});

test('a list of as many rows as Logs Insights returns is said to be cut; the totals are not made from it', async () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => ({
    modelId: `m${i}`,
    principal: `r${i}`,
    priceRow: `p${i}`,
    calls: '1',
    usd: '1',
  }));
  const sources = new FakeSources(undefined, [], (query) =>
    query.includes('by status |')
      ? [{ status: 'priced', calls: '12000', priced: '12000', usd: '12000', lines: '12000' }]
      : query.endsWith('limit 10000')
        ? rows
        : [{ lines: '12000' }],
  );
  const { total, newPriceRows, limits } = await facts(sources);
  expect(total).toMatchObject({ calls: 12_000, usd: 12_000_000_000_000_000n });
  expect(newPriceRows).toBeUndefined();
  expect(limits.map((limit) => limit.replace(/, and.*/, ''))).toEqual([
    'Logs Insights returned 10000 rows of models',
    'Logs Insights returned 10000 rows of roles',
    'Logs Insights returned 10000 rows of profiles',
    'Logs Insights returned 10000 rows of models without a price',
    'Logs Insights returned 10000 rows of price rows',
  ]);
});

test('the stack cost what its logs and its meter cost, at list price', async () => {
  const values: Readonly<Record<string, number>> = { IncomingBytes: 1e9, Duration: 1e6, Invocations: 1e4 };
  const of = ({ metricName, dimensions }: MetricQuery) =>
    ['ledger', 'meter'].includes(Object.values(dimensions ?? {})[0] ?? '') ? values[metricName] : undefined;
  // Each value is that of an hour, of 168 in the week.
  const { ownCosts } = await facts(new FakeSources(of));
  expect(ownCosts).toEqual([
    { item: 'ledger and metrics written as logs', usd: expect.closeTo(168 * 0.5) },
    { item: 'cost meter, compute', usd: expect.closeTo(168 * (1000 * 0.5 * 0.0000133334 + 1e4 * 0.0000002)) },
  ]);
});

test('what metering cost is unknown where CloudWatch has no data of it, and not 0', async () => {
  expect((await facts(new FakeSources())).ownCosts).toEqual([]);
  const onlyLogs = await facts(new FakeSources(({ metricName }) => (metricName === 'IncomingBytes' ? 1 : undefined)));
  expect(onlyLogs.ownCosts?.map(({ item }) => item)).toEqual(['ledger and metrics written as logs']);
});

test('failed calls are among those of the model that their id has elsewhere, or names', async () => {
  const failedCalls = { status: 'ignored', calls: '1', failed: '1' };
  const rows: readonly QueryRow[] = [
    { pricedModel: 'nova', modelId: 'an-id', status: 'priced', calls: '2', priced: '2', usd: '1' },
    { modelId: 'an-id', ...failedCalls },
    { modelId: 'us.anthropic.claude-sonnet-4-6', ...failedCalls },
    { modelId: 'acme.unknown', ...failedCalls },
    failedCalls,
  ];
  const { models } = await facts(new FakeSources(undefined, [], (query) => (query.includes('by pricedModel, modelId') ? rows : [])));
  expect(models.map(({ name, calls, failed, rated }) => [name, calls, failed, rated])).toEqual([
    ['nova', 3, 1, 2],
    ['anthropic.claude-sonnet-4-6', 1, 1, 0],
    ['acme.unknown', 1, 1, 0],
    ['(unknown)', 1, 1, 0],
  ]);
});

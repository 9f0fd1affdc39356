import type { DigestFacts } from '../../../engine/digest/digest-facts';
import { ledgerFacts } from '../../../lambda/send-digest/ledger-facts';
import type { MetricQuery, QueryRow } from '../../../lambda/shared/sources';
import { FakeSources } from '../publish-signals/fake-sources';

const DAY = 86_400_000;
const FROM = Date.UTC(2026, 10, 14);
const WEEK = { from: FROM, until: FROM + 7 * DAY, timeZone: 'UTC' };

/** The facts of a week, of sources that answer queries over it and over the week before with price rows. */
function facts(sources: FakeSources): Promise<DigestFacts> {
  return ledgerFacts(sources, { ledger: 'ledger', meterFunction: 'meter' }, WEEK);
}

const priceRows = (now: readonly QueryRow[], before: readonly QueryRow[]) =>
  new FakeSources(undefined, [], (query, from) => (query.includes('by priceRow') ? (from === FROM ? now : before) : []));

test('price rows are new that the week before did not use; unknown where it used none', async () => {
  const rows = ['b', 'a', ''].map((priceRow) => ({ priceRow, calls: '1' }));
  expect((await facts(priceRows(rows, [{ priceRow: 'b' }]))).newPriceRows).toEqual(['a']);
  expect((await facts(priceRows(rows, []))).newPriceRows).toBeUndefined();
});

test('compares with the week before', async () => {
  const sources = new FakeSources(undefined, [], (query, from) =>
    query.endsWith('sum(costUsd) as usd') && from < FROM ? [{ usd: '2.5' }] : [],
  );
  expect((await facts(sources)).usdBefore).toBe(2_500_000_000_000n);
  expect(new Set(sources.queries.map(({ from, to }) => [from - FROM, to - FROM].join()))).toEqual(
    new Set([`0,${7 * DAY + DAY / 4}`, `${-7 * DAY},${DAY / 4}`]),
  );
  expect((await facts(new FakeSources())).usdBefore).toBeUndefined();
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

import type * as logs from 'aws-cdk-lib/aws-logs';
import { measure, type Measurement } from '../../../cli/preview/measurement';
import { CostMetrics } from '../../../lib/cost-metrics';
import { savedQueries } from '../../../lib/private/dashboards/log-queries';
import { runQuery } from '../../../local-cloudwatch/logs-insights';
import { metadataOnly } from '../../fixtures/invocation-records';
import { END, measureTwoDays } from './measured';

// The queries that the library saves, over lines that the meter wrote.
let measurement: Measurement;

beforeAll(async () => {
  measurement = await measureTwoDays();
});

const logGroup = {} as logs.ILogGroup;
const sources = {
  costMetrics: CostMetrics.inNamespace(),
  ledgerLogGroup: logGroup,
  spanLogGroups: [logGroup],
  trailLogGroup: logGroup,
  ownerMetadataKey: 'team',
  promptsHashed: true,
};
const queries = savedQueries(sources);

test.each(queries.map((query) => [query.id, query] as const))('%s can be read', (_, { lines }) => {
  expect(runQuery(lines.join('\n| '), measurement.ledger).columns.length).toBeGreaterThan(0);
});

const result = (id: string) => {
  const { columns, rows } = runQuery(queries.find((query) => query.id === id)!.lines.join('\n| '), measurement.ledger);
  return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row.get(column)])));
};
const sum = (rows: Array<Record<string, unknown>>, column: string) => rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
/** Cents of each row are rounded. */
const CENTS = 1;
const all = () => measurement.ledger.length;
const spent = () => measurement.ledger.reduce((total, row) => total + Number(row.get('costUsd') ?? 0), 0);

test('callers add up to all that was spent, and to every call', () => {
  const callers = result('TopCallers');
  expect(sum(callers, 'Cost (USD)')).toBeCloseTo(spent(), CENTS);
  expect(sum(callers, 'Calls')).toBe(all());
  const [{ 'Cost (USD)': usd, 'Calls with a price': priced, 'Cost of 1,000 (USD)': unit } = {}] = callers;
  expect(unit).toBeCloseTo((1000 * Number(usd)) / Number(priced), 0);
});

test('cost by owner has a share without an owner', () => {
  const owners = result('CostByOwner');
  expect(sum(owners, 'Cost (USD)')).toBeCloseTo(spent(), 9);
  expect(owners.map(({ owner }) => owner)).toEqual(expect.arrayContaining(['platform', 'unallocated']));
});

test('who called what names each call once', () => {
  expect(sum(result('WhoCalledWhat'), 'Calls')).toBe(all());
});

test('the heaviest calls are the ten with most tokens', () => {
  const tokens = result('HeaviestCalls').map((row) => Number(row['All tokens']));
  expect(tokens).toHaveLength(10);
  expect(tokens).toEqual([...tokens].sort((a, b) => b - a));
});

test('wasted input is long, and its answers short', () => {
  for (const row of result('WastedInput')) {
    expect(Number(row['Tokens in']) / Number(row.Calls)).toBeGreaterThan(2000);
    expect(Number(row['Tokens out']) / Number(row.Calls)).toBeLessThan(200);
  }
});

test('calls without a price have tokens and a reason, and no cost', () => {
  expect(result('UnpricedCalls')).toEqual([
    expect.objectContaining({ 'Model id': 'acme.model-without-a-price-v1:0', 'Tokens in': expect.any(Number) }),
  ]);
});

test('cost that may be higher has both ends', async () => {
  const { ledger } = await measure([{ time: END, message: JSON.stringify(metadataOnly) }], {});
  const { rows } = runQuery(queries.find(({ id }) => id === 'UncertainCost')!.lines.join('\n| '), ledger);
  expect(Number(rows[0]!.get('At most (USD)'))).toBeGreaterThan(Number(rows[0]!.get('At least (USD)')));
});

test('latency is by the Region that served the call', () => {
  expect(result('LatencyByRegion').map((row) => row['Served in'])).toEqual(expect.arrayContaining(['us-east-2', 'us-west-2']));
});

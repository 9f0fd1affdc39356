import { runSchedule } from '../../../lambda/publish-signals/publish';
import type { Budget } from '../../../lambda/publish-signals/config';
import type { MetricQuery } from '../../../lambda/shared/sources';
import { FakeSources } from './fake-sources';
import { config, DAY, HOUR, NOW } from './signal-run';

const MONTH_START = Date.UTC(2026, 10, 1);
const MONTH_END = Date.UTC(2026, 11, 1);
const FIVE_MINUTES = 300_000;

/** The line of a budget, where its cost begins at a moment and is one dollar per five minutes. */
async function published(budget: Omit<Budget, 'name'>, since: number, matches: (query: MetricQuery) => boolean = () => true) {
  const value = (query: MetricQuery, at: number) => (matches(query) && at >= since ? 1 : undefined);
  const { lines } = await runSchedule('FiveMinutes', new FakeSources(value), config({ budgets: [{ name: 'Team', ...budget }] }), NOW);
  const line = lines.map((text) => JSON.parse(text) as Record<string, unknown>).find((parsed) => parsed['bedrock.budget'] === 'Team')!;
  return { line, spent: line['bedrock.budget.spent.usd'], forecast: line['bedrock.budget.forecast.usd'] as number };
}

test('what is spent, and what the month comes to at the pace of the last week, under the dimension of the budget', async () => {
  const budget = { period: 'month', dimension: 'aws.principal', value: 'role' } as const;
  const { line, spent, forecast } = await published(budget, MONTH_START, ({ dimensions }) => dimensions?.['aws.principal'] === 'role');
  expect(spent).toBe((NOW - MONTH_START) / FIVE_MINUTES);
  expect(forecast).toBeCloseTo(30 * 24 * 12);
  expect(line).toMatchObject({ _aws: { CloudWatchMetrics: [{ Namespace: 'BedrockObservability', Dimensions: [['bedrock.budget']] }] } });
});

test('all cost where the budget has no dimension', async () => {
  const { spent } = await published({ period: 'day' }, MONTH_START, ({ dimensions }) => Object.keys(dimensions ?? {}).length === 0);
  expect(spent).toBe(12.5 * 12);
});

test('the pace of a few minutes is that of an hour, so that the first call does not forecast a month', async () => {
  const { spent, forecast } = await published({ period: 'month' }, NOW - 2 * FIVE_MINUTES);
  expect(spent).toBe(2);
  expect(forecast).toBeCloseTo(2 + (2 / HOUR) * (MONTH_END - NOW));
});

test('the pace is that of the last seven days, not of the month', async () => {
  const value = (_: MetricQuery, at: number) => (at >= NOW - 7 * DAY ? 2 : 1);
  const { lines } = await runSchedule('FiveMinutes', new FakeSources(value), config({ budgets: [{ name: 'All', period: 'month' }] }), NOW);
  const line = lines.map((text) => JSON.parse(text) as Record<string, number>).find((parsed) => 'bedrock.budget' in parsed)!;
  const left = (MONTH_END - NOW) / FIVE_MINUTES;
  expect(line['bedrock.budget.forecast.usd']).toBeCloseTo(line['bedrock.budget.spent.usd']! + 2 * left);
});

test('a budget of a dimension that the meter does not publish has no value, and its run counts as failed', async () => {
  const byCaller = { name: 'Agent', period: 'month', dimension: 'aws.principal', value: 'role' } as const;
  const spentBy = async (value: (query: MetricQuery) => number | undefined, callers: string[]) => {
    const { lines, failures } = await runSchedule('FiveMinutes', new FakeSources(value, callers), config({ budgets: [byCaller] }), NOW);
    const written = lines.map((text) => JSON.parse(text) as Record<string, unknown>);
    return [
      written.find((line) => line['bedrock.budget'] === 'Agent')?.['bedrock.budget.spent.usd'],
      failures.map(({ message }) => message),
    ];
  };
  const total = ({ dimensions = {} }: MetricQuery) => (Object.keys(dimensions).length === 0 ? 1 : undefined);
  const warning =
    "bedrock.budget.spent.usd: no cost is published by aws.principal: add the dimension to the meter, or take it from the budget 'Agent'";
  expect(await spentBy(total, [])).toEqual([undefined, [warning]]);
  // Another caller has a cost, so the meter publishes the dimension, and this one spent nothing.
  const other = (query: MetricQuery) => total(query) ?? (query.dimensions?.['aws.principal'] === 'other' ? 1 : undefined);
  expect(await spentBy(other, ['other'])).toEqual([0, []]);
  // There was no call at all.
  expect(await spentBy(() => undefined, [])).toEqual([0, []]);
});

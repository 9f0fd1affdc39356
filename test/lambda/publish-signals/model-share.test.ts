import type { MetricQuery } from '../../../lambda/shared/sources';
import { FakeSources } from './fake-sources';
import { HOUR, NOW, signals } from './signal-run';

const SHARE = 'bedrock.signal.model.share.percent';

/** Sources with what each model cost an hour ago; the total has them all. */
function costs(usd: Readonly<Record<string, number>>): FakeSources {
  const total = Object.values(usd).reduce((sum, value) => sum + value, 0);
  const value = ({ metricName, dimensions = {} }: MetricQuery, start: number) =>
    metricName !== 'llm.cost.usd' || start !== Math.floor(NOW / HOUR) * HOUR - HOUR
      ? undefined
      : 'gen_ai.request.model' in dimensions
        ? usd[dimensions['gen_ai.request.model']]
        : total;
  return new FakeSources(value, Object.keys(usd));
}

test.each<[string, Readonly<Record<string, number>>, number | undefined]>([
  ['three models', { a: 2, b: 9, c: 1 }, 75],
  ['a model through two profiles', { 'us.m': 5, 'global.m': 4, n: 3 }, 75],
  ['models, some of which were added up as other', { a: 30, other: 70 }, 30],
  ['one model', { a: 100 }, undefined],
  ['models that cost less than the floor of a day', { a: 4, b: 1 }, undefined],
  ['no calls', {}, undefined],
])('the share of the most expensive of %s', async (_, usd, share) => {
  expect((await signals('Hour', costs(usd)))[SHARE]).toBe(share);
});

test('no query reads the ledger for it', async () => {
  const sources = costs({ a: 2, b: 9 });
  await signals('Hour', sources);
  expect(sources.queries.map(({ query }) => query).join()).not.toContain('costUsd');
});

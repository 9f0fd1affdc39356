import { FakeSources } from './fake-sources';
import { DAY, HOUR, NOW, signals, tokens } from './signal-run';

test('tokens of a week are compared with the week before, once there are two', async () => {
  const grown = (since: number) =>
    new FakeSources(tokens((type, start) => (type === 'output' && start >= since ? (start < NOW - 7 * DAY ? 10_000 : 13_000) : undefined)));
  expect((await signals('Hour', grown(NOW - 20 * DAY)))['bedrock.signal.tokens.week.growth.percent']).toBeCloseTo(30);
  expect(await signals('Hour', grown(NOW - 12 * DAY))).not.toHaveProperty('bedrock.signal.tokens.week.growth.percent');
});

test('a cache that is read less is a drop in percentage points, and one that is read more is none', async () => {
  const cache = (now: number) =>
    new FakeSources(tokens((type, start) => ({ input: 1000, cache_read: start < NOW - DAY ? 3000 : now })[type]));
  expect((await signals('Hour', cache(1000)))['bedrock.signal.cache.hit.drop']).toBeCloseTo(25);
  expect((await signals('Hour', cache(9000)))['bedrock.signal.cache.hit.drop']).toBe(0);
});

test('tokens of the last hour are compared with the same hour of other days', async () => {
  const sources = new FakeSources(tokens((type, start) => (type === 'input' ? (start >= NOW - 2 * HOUR ? 60_000 : 20_000) : undefined)));
  expect((await signals('Hour', sources))['bedrock.signal.tokens.hour.ratio']).toBe(3);
});

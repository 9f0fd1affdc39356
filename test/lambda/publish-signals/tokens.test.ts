import { FakeSources } from './fake-sources';
import { DAY, HOUR, NOW, signals, tokens } from './signal-run';

test('tokens of a week are compared with the week before, once there are two', async () => {
  const grown = (since: number) =>
    new FakeSources(tokens((type, start) => (type === 'output' && start >= since ? (start < NOW - 7 * DAY ? 10_000 : 13_000) : undefined)));
  expect((await signals('Hour', grown(NOW - 20 * DAY)))['bedrock.signal.tokens.week.growth.percent']).toBeCloseTo(30);
  expect(await signals('Hour', grown(NOW - 12 * DAY))).not.toHaveProperty(['bedrock.signal.tokens.week.growth.percent']);
});

test.each([0, 1, 2, 3, 4, 5, 6])('%d days after a Saturday too, where nobody works at weekends', async (days) => {
  const worked = (start: number) => ![0, 6].includes(new Date(start).getUTCDay());
  const sources = new FakeSources(tokens((type, start) => (type === 'output' && worked(start) ? 10_000 : undefined)));
  const growth = (await signals('Hour', sources, {}, NOW + days * DAY))['bedrock.signal.tokens.week.growth.percent'];
  expect(growth).toBeCloseTo(0, -1);
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

test('growth from little is compared with the floor of a day', async () => {
  const grown = new FakeSources(tokens((type, start) => (type === 'output' ? (start < NOW - 7 * DAY ? 10 : 30) : undefined)));
  // 20,160 tokens became 60,480; the floor is 24 hours of 100,000.
  expect((await signals('Hour', grown))['bedrock.signal.tokens.week.growth.percent']).toBeCloseTo((100 * 40_320) / 2_400_000);
});

test('tokens written to the cache are input too', async () => {
  const sources = new FakeSources(
    tokens((type, start) => ({ input: 1000, cache_write: 1000, cache_read: start < NOW - DAY ? 3000 : 2000 })[type]),
  );
  expect((await signals('Hour', sources))['bedrock.signal.cache.hit.drop']).toBeCloseTo(10);
});

test('a cache is not judged below the floor of tokens, nor before there are three days', async () => {
  const cache = (input: number, since: number) =>
    new FakeSources(tokens((type, start) => (start < since ? undefined : { input, cache_read: start < NOW - DAY ? 3 * input : 0 }[type])));
  expect((await signals('Hour', cache(1000, NOW - 9 * DAY)))['bedrock.signal.cache.hit.drop']).toBeCloseTo(75);
  // 288 periods of 300 tokens are less than 100,000.
  expect((await signals('Hour', cache(300, NOW - 9 * DAY)))['bedrock.signal.cache.hit.drop']).toBeUndefined();
  expect(await signals('Hour', cache(1000, NOW - 2.9 * DAY))).not.toHaveProperty(['bedrock.signal.cache.hit.drop']);
});

import { FakeSources } from './fake-sources';
import { DAY, NOW, signals, spending } from './signal-run';

/** What a role spent in the last 24 hours, and in the seven days before. */
const sources = (usd: string, before: string, since = NOW - 20 * DAY) =>
  new FakeSources(
    spending(since, () => 1),
    [],
    (_, __, to) => [{ caller: 'role', usd: to === NOW ? usd : before }],
  );

test.each([
  ['its own average', '60', '140', 3],
  ['half the daily floor where it is new', '20', '0', 4],
])('a role is compared with %s', async (_, usd, before, ratio) => {
  expect((await signals('SixHours', sources(usd, before)))['bedrock.signal.caller.day.ratio']).toBe(ratio);
});

test('is not published before there are three days', async () => {
  const fresh = sources('60', '140', NOW - 2.9 * DAY);
  expect(await signals('SixHours', fresh)).not.toHaveProperty(['bedrock.signal.caller.day.ratio']);
  expect(fresh.queries).toEqual([]);
});

test('is not published without a ledger', async () => {
  expect(await signals('SixHours', sources('60', '140'), { ledger: undefined })).not.toHaveProperty(['bedrock.signal.caller.day.ratio']);
});

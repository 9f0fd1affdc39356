import { startOf } from '../../../engine/calendar';
import { FakeSources } from './fake-sources';
import { DAY, NOW, signals, spending } from './signal-run';

describe('the cost of today', () => {
  const today = startOf('day', NOW, 'Europe/Berlin');
  const timeZone = 'Europe/Berlin';

  test('is summed since midnight of the time zone, and compared with the seven days before', async () => {
    const sources = new FakeSources(spending(today - 9 * DAY, (start) => (start >= today ? 1 : 0.1)));
    const values = await signals('FiveMinutes', sources, { timeZone });
    // 13.5 hours of twelve five-minute periods; an average day costs 28.80.
    expect(values['bedrock.signal.cost.today.usd']).toBe(162);
    expect(values['bedrock.signal.cost.today.percent']).toBeCloseTo((100 * 162) / 28.8);
  });

  test('is compared with the floor where the average is lower', async () => {
    const sources = new FakeSources(spending(today - 9 * DAY, () => 0.01));
    expect((await signals('FiveMinutes', sources, { timeZone }))['bedrock.signal.cost.today.percent']).toBeCloseTo(16.2);
  });

  test.each([
    ['three complete days', 3.5, true],
    ['two complete days and the one on which the meter was installed', 2.5, false],
  ])('after %s is judged: %#', async (_, days, judged) => {
    const sources = new FakeSources(spending(today - days * DAY, () => 1));
    const values = await signals('FiveMinutes', sources, { timeZone });
    expect(values['bedrock.signal.cost.today.usd']).toBeGreaterThan(0);
    expect('bedrock.signal.cost.today.percent' in values).toBe(judged);
  });

  test('begins at a midnight that daylight saving has moved', async () => {
    const sunday = Date.UTC(2026, 9, 25, 12);
    const sources = new FakeSources(spending(sunday - 9 * DAY, () => 1));
    // Until 13:00 the clock has seen fourteen hours.
    expect((await signals('FiveMinutes', sources, { timeZone }, sunday))['bedrock.signal.cost.today.usd']).toBe(14 * 12);
  });
});

test('the last hour is compared with the same hour of other days, not with the day', async () => {
  const busyHour = (start: number) => new Date(start).getUTCHours() === 11;
  const sources = new FakeSources(spending(NOW - 9 * DAY, (start) => (busyHour(start) ? 10 : 0.01)));
  expect((await signals('Hour', sources))['bedrock.signal.cost.hour.ratio']).toBe(1);
});

test('an hour after hours of little cost is compared with a tenth of the floor of a day', async () => {
  const sources = new FakeSources(spending(NOW - 9 * DAY, (start) => (start >= NOW - DAY ? 0.25 : 0.001)));
  expect((await signals('Hour', sources))['bedrock.signal.cost.hour.ratio']).toBeCloseTo(3);
});

import { plus, startOf } from '../../../engine/calendar';
import { completeDays, multipleOf } from '../../../lambda/publish-signals/baseline';
import { config, DAY, HOUR } from './signal-run';

const TODAY = startOf('day', Date.UTC(2026, 10, 21, 12), 'UTC');
const since = (...starts: number[]) => new Map(starts.map((start) => [start, 1]));

describe('complete days', () => {
  test.each([
    ['three days and a part', TODAY - 3 * DAY - 5 * 60_000, 3],
    ['three days, whose first may have begun before the meter', TODAY - 3 * DAY, 2],
    ['three weeks', TODAY - 21 * DAY, 7],
    ['a part of today', TODAY + HOUR, 0],
  ])('of %s', (_, first, count) => {
    expect(completeDays(since(first, TODAY), TODAY, config())).toEqual(Array.from({ length: count }, (_day, i) => TODAY - (i + 1) * DAY));
  });

  test('do not begin with zeros', () => {
    const points = new Map([
      [TODAY - 5 * DAY, 0],
      [TODAY - 2 * DAY - HOUR, 1],
    ]);
    expect(completeDays(points, TODAY, config())).toHaveLength(2);
  });

  test('begin at midnight, also where clocks are set back', () => {
    const timeZone = 'Europe/Berlin';
    const today = startOf('day', Date.UTC(2026, 9, 27, 12), timeZone);
    const [, sunday, saturday] = completeDays(since(today - 20 * DAY), today, config({ timeZone }));
    expect([sunday, saturday]).toEqual([plus(-2, 'day', today, timeZone), plus(-3, 'day', today, timeZone)]);
    expect((today - DAY - sunday!) / HOUR).toBe(25);
  });
});

test('a multiple needs three days, and the floor stands in for a lower average', () => {
  expect(multipleOf([10, 10], 30, 1)).toBeUndefined();
  expect(multipleOf([10, 20, 30], 60, 1)).toBe(3);
  expect(multipleOf([1, 1, 1], 60, 20)).toBe(3);
});

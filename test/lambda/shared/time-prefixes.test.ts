import { plus, startOf } from '../../../engine/calendar';
import { timePrefixes } from '../../../lambda/shared/time-prefixes';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2026, 10, 20, 12);

const dayIn = (timeZone: string): [from: number, until: number] => {
  const from = startOf('day', NOON, timeZone);
  return [from, plus(1, 'day', from, timeZone)];
};

test('are a day where it is one', () => {
  const [from] = dayIn('UTC');
  expect(timePrefixes(from, from + 2 * DAY)).toEqual(['2026-11-20', '2026-11-21']);
});

test('are hours and tens of minutes at the edges of other time zones', () => {
  const prefixes = timePrefixes(...dayIn('Asia/Kolkata'));
  expect(prefixes.slice(0, 4)).toEqual(['2026-11-19T18:3', '2026-11-19T18:4', '2026-11-19T18:5', '2026-11-19T19']);
  expect(prefixes.at(-1)).toBe('2026-11-20T18:2');
});

test('are minutes where a time zone has quarters of hours', () => {
  const prefixes = timePrefixes(...dayIn('Asia/Kathmandu'));
  expect(prefixes.slice(0, 6)).toEqual([15, 16, 17, 18, 19].map((minute) => `2026-11-19T18:${minute}`).concat('2026-11-19T18:2'));
});

test.each(['UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/New_York'])(
  'match each minute of a day in %s, and none outside',
  (timeZone) => {
    const [from, until] = dayIn(timeZone);
    const prefixes = timePrefixes(from, until);
    for (let time = from - HOUR; time < until + HOUR; time += MINUTE) {
      const matches = prefixes.some((prefix) => new Date(time).toISOString().startsWith(prefix));
      expect(matches).toBe(time >= from && time < until);
    }
  },
);

import { isoDate, plus, startOf } from '../../engine/calendar';

const AUTUMN = Date.UTC(2026, 9, 25, 12);

test('a day is longer where clocks are set back', () => {
  const start = startOf('day', AUTUMN, 'Europe/Berlin');
  expect(new Date(start).toISOString()).toBe('2026-10-24T22:00:00.000Z');
  expect(plus(1, 'day', start, 'Europe/Berlin') - start).toBe(25 * 3_600_000);
  expect(plus(-1, 'day', start, 'Europe/Berlin') - start).toBe(-24 * 3_600_000);
});

test('a week begins on Monday', () => {
  expect(isoDate(startOf('week', AUTUMN, 'UTC'), 'UTC')).toBe('2026-10-19');
});

test.each(['+05:30', 'UTC+05:30', 'Asia/Kolkata'])('the date in %s', (timeZone) => {
  expect(isoDate(Date.UTC(2026, 9, 25, 18, 30), timeZone)).toBe('2026-10-26');
});

test('fails on a time zone that does not exist', () => {
  expect(() => startOf('day', AUTUMN, 'Berlin')).toThrow("'Berlin' is not a time zone: use a name such as Europe/Berlin");
});

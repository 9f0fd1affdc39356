import type { AlarmDefinition } from '../../local-cloudwatch/alarm-definition';
import { periodsBefore } from '../../local-cloudwatch/evaluation-periods';

describe('the periods that are looked at', () => {
  const starts = (changes: Partial<AlarmDefinition>, at: string, count = 2) =>
    periodsBefore({ Period: 300, ...changes }, new Date(at), count).map(({ start, end }) => [
      new Date(start * 1000).toISOString().slice(5, 16),
      (end - start) / 3600,
    ]);

  test('end with the current minute in a sliding window', () => {
    expect(starts({ Period: 3600 }, '2026-11-21T14:07:31Z')).toEqual([
      ['11-21T12:07', 1],
      ['11-21T13:07', 1],
    ]);
  });

  test('end with the last complete period on the wall clock: a day is judged once it is over', () => {
    const day = { Period: 86400, EvaluationWindow: { WallClockWindow: { Timezone: 'America/New_York' } } };
    expect(starts(day, '2026-11-21T14:07:31Z')).toEqual([
      ['11-19T05:00', 24],
      ['11-20T05:00', 24],
    ]);
  });

  test.each([
    ['spring, when a day has 23 hours', '2026-03-30T12:00:00Z', ['03-28T23:00', 23]],
    ['autumn, when a day has 25 hours', '2026-10-26T12:00:00Z', ['10-24T22:00', 25]],
  ])('follow daylight saving in %s', (_, at, day) => {
    const wallClock = { Period: 86400, EvaluationWindow: { WallClockWindow: { Timezone: 'Europe/Berlin' } } };
    expect(starts(wallClock, at, 1)).toEqual([day]);
  });

  test('follow zones that are half an hour off, and weeks that begin on Monday', () => {
    const wallClock = (Period: number) => ({ Period, EvaluationWindow: { WallClockWindow: { Timezone: '+05:30' } } });
    expect(starts(wallClock(3600), '2026-11-21T14:07:00Z', 1)).toEqual([['11-21T12:30', 1]]);
    expect(starts(wallClock(604800), '2026-11-21T14:07:00Z', 1)).toEqual([['11-08T18:30', 168]]);
    expect(starts({ Period: 300, EvaluationWindow: { WallClockWindow: {} } }, '2026-11-21T14:07:00Z', 1)).toEqual([
      ['11-21T14:00', 1 / 12],
    ]);
  });
});

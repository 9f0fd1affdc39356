import { type CalendarUnit, plus, startOf } from '../engine/calendar';
import { type AlarmDefinition, periodSecondsOf } from './alarm-definition';
import type { Period } from './stored-metric';

/** Periods that follow the calendar, by their seconds. */
const UNITS: Readonly<Record<number, CalendarUnit>> = { 3600: 'hour', 86400: 'day', 604800: 'week' };

/**
 * The last periods that are over, oldest first. A sliding window ends with the current minute; a wall clock window ends with
 * the last complete hour, day or week of its time zone.
 * Source: CloudWatch User Guide, "Evaluation window" of alarms.
 */
export function periodsBefore(alarm: AlarmDefinition, at: Date, count: number): readonly Period[] {
  const seconds = periodSecondsOf(alarm);
  const wallClock = alarm.EvaluationWindow?.WallClockWindow;
  const unit = UNITS[seconds];
  if (!wallClock || !unit) {
    const size = wallClock ? seconds : 60;
    const end = Math.floor(at.getTime() / 1000 / size) * size;
    return Array.from({ length: count }, (_, index) => {
      const start = end - (count - index) * seconds;
      return { start, end: start + seconds };
    });
  }
  const zone = wallClock.Timezone ?? 'UTC';
  const current = startOf(unit, at.getTime(), zone);
  const edge = (back: number) => plus(-back, unit, current, zone) / 1000;
  return Array.from({ length: count }, (_, index) => ({ start: edge(count - index), end: edge(count - index - 1) }));
}

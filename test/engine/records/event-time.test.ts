import * as fc from 'fast-check';
import { eventTime } from '../../../engine/records/event-time';

test('reads what Date reads, in any order of times', () => {
  fc.assert(
    fc.property(
      fc.array(fc.date({ min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true }), { minLength: 1 }),
      (dates) => {
        for (const date of dates) {
          const seconds = date.toISOString().replace(/\.\d+Z$/, 'Z');
          expect(eventTime(seconds)).toBe(Date.parse(seconds));
          expect(eventTime(date.toISOString())).toBe(date.getTime());
        }
      },
    ),
  );
});

test.each(['', 'yesterday', '2026-11-20', '2026-11-20T10:15:61Z', '2026-11-20T10:15:0xZ', '2026-13-20T10:15:00Z', 7, null])(
  'fails to read %p',
  (value) => {
    eventTime('2026-11-20T10:15:00Z');
    expect(eventTime(value)).toBeUndefined();
  },
);

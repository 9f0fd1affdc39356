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

test('reads the days of every month that there are, and none of those that there are not', () => {
  const two = (value: number) => String(value).padStart(2, '0');
  const year = fc.constantFrom(1900, 2000, 2024, 2025, 2026, 2028, 2100);
  fc.assert(
    fc.property(year, fc.nat({ max: 13 }), fc.nat({ max: 32 }), fc.constantFrom('Z', '+05:45', '-0800'), (y, month, day, zone) => {
      const exists = month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(y, month, 0)).getUTCDate();
      const text = `${y}-${two(month)}-${two(day)}T10:15:00${zone}`;
      expect(eventTime(text)).toBe(exists ? Date.parse(text) : undefined);
    }),
    { numRuns: 500 },
  );
});

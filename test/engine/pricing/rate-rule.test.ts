import * as fc from 'fast-check';
import { holds, within, type RateRule } from '../../../engine/pricing/rate-rule';
import type { PriceQuery } from '../../../engine/pricing/types';

const QUERY: PriceQuery = { modelId: 'm', region: 'us-east-1', tier: 'standard', timestamp: 0, contextTokens: 0 };
const DAYS = Array.from({ length: 9 }, (_, day) => day);
const day = fc.nat({ max: 8 });
const start = fc.oneof(day, fc.constant(-Infinity));
const end = fc.oneof(day, fc.constant(Infinity));

test('a rule narrowed to a period holds when both do, and is none where that is never', () => {
  fc.assert(
    fc.property(start, end, start, end, (ruleFrom, ruleUntil, from, until) => {
      const rule: RateRule = { rates: {}, from: ruleFrom, until: ruleUntil, flags: [] };
      const narrowed = within(rule, from, until);
      const heldOn = (candidate: RateRule | undefined) =>
        DAYS.filter((timestamp) => candidate !== undefined && holds(candidate, { ...QUERY, timestamp }));

      expect(heldOn(narrowed)).toEqual(heldOn(rule).filter((timestamp) => timestamp >= from && timestamp < until));
      expect(narrowed === undefined).toBe(Math.max(ruleFrom, from) >= Math.min(ruleUntil, until));
    }),
  );
});

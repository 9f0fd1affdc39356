import * as fc from 'fast-check';
import { cachedTokens, contextTokens, isZero, NO_USAGE, TOKEN_BUCKETS } from '../../../engine/pricing/token-buckets';
import type { Usage } from '../../../engine/pricing/types';

const used = (changes: Partial<Usage>): Usage => ({ ...NO_USAGE, ...changes });

test('a context is input and cached tokens of every lifetime, and nothing else', () => {
  const each = used({ input: 1, cacheRead: 10, cacheWrite5m: 100, cacheWrite1h: 1_000, cacheWrite: 10_000, output: 1e6 });

  expect(contextTokens({ ...each, units: { cacheWrite30m: 100_000, image: 1e7 } })).toBe(111_111);
  expect(cachedTokens({ ...each, units: { cacheWrite30m: 100_000, image: 1e7 } })).toBe(111_110);
});

test('a usage is zero only if no bucket and no unit has a count', () => {
  expect(isZero(NO_USAGE)).toBe(true);
  expect(isZero(used({ units: { image: 1 } }))).toBe(false);
  fc.assert(fc.property(fc.constantFrom(...TOKEN_BUCKETS), fc.integer({ min: 1 }), (bucket, count) => !isZero(used({ [bucket]: count }))));
});

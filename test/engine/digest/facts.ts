import { type Digest, digestOf } from '../../../engine/digest/digest';
import type { CallGroup, DigestFacts } from '../../../engine/digest/digest-facts';

const FROM = Date.UTC(2026, 10, 20);
const PERIOD = { from: FROM, until: FROM + 86_400_000, timeZone: 'UTC' };

/** A dollar. */
export const USD = 1_000_000_000_000n;

/** Ten priced calls that cost a dollar, where the changes do not say otherwise. */
export const group = (changes: Partial<CallGroup> = {}): CallGroup => ({
  name: 'a',
  calls: 10,
  failed: 0,
  rated: 10,
  priced: 10,
  counted: 10,
  input: 1000,
  output: 100,
  usd: USD,
  ...changes,
});

/** Ten calls without a price. */
export const unpricedGroup = (name: string): CallGroup => group({ name, priced: 0, usd: 0n });

/** The digest of a day in UTC, whose total is that of ten priced calls. */
export const digest = (facts: Partial<DigestFacts>): Digest =>
  digestOf({ total: group(), models: [], callers: [], profiles: [], unpriced: [], limits: [], ...facts }, PERIOD);

import { type Digest, digestOf } from '../../../engine/digest/digest';
import type { CallGroup, DigestFacts } from '../../../engine/digest/digest-facts';

const FROM = Date.UTC(2026, 10, 20);
const PERIOD = { from: FROM, until: FROM + 86_400_000, timeZone: 'UTC' };

/** A dollar. */
export const USD = 1_000_000_000_000n;

/** Ten priced calls that cost a dollar, where the changes do not say otherwise. */
export const group = (changes: Partial<CallGroup> = {}): CallGroup => ({
  model: 'a',
  caller: 'x',
  calls: 10,
  priced: 10,
  input: 1000,
  output: 100,
  usd: USD,
  ...changes,
});

/** The digest of a day in UTC. */
export const digest = (facts: Partial<DigestFacts>): Digest => digestOf({ groups: [], unpriced: [], failedCalls: 0, ...facts }, PERIOD);

import type { Tier } from '../pricing/types';
import type { BodyFacts } from './call';
import { objectAt, readName, type Json } from './json';

/** The API's service tiers as the price list calls them. */
const TIERS: Readonly<Record<string, Tier>> = { default: 'standard', priority: 'priority', flex: 'flex', reserved: 'reserved' };

/**
 * The tier to price a call at. The response names the tier that served it; the request only what was asked for, so a tier
 * known from the request alone is flagged. Without bodies the tier is not told and is taken as standard.
 */
export function tierOf(record: Json, input: unknown, output: unknown, facts: BodyFacts | undefined, flags: string[]): Tier {
  if (latencyOf(output) === 'optimized' || latencyOf(record) === 'optimized') {
    return 'latency';
  }
  const requested = readName(objectAt(input, 'serviceTier')?.type);
  const served = facts?.serviceTier;
  const tier = TIERS[served ?? requested ?? 'default'];
  if (tier === undefined) {
    flags.push('unknownTier');
    return 'standard';
  }
  if (served === undefined && tier !== 'standard') {
    flags.push('tierAsRequested');
  }
  return tier;
}

const latencyOf = (holder: unknown): unknown => objectAt(holder, 'performanceConfig')?.latency;

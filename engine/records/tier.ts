import type { Tier } from '../pricing/types';
import type { BodyFacts } from './call';
import { pathsOf } from './dialects';
import { readName, valueAt, type Json } from './json';

/** The service tiers of the API, as the price list calls them: "Service tiers" in the Bedrock user guide. */
const TIERS: Readonly<Record<string, Tier>> = { default: 'standard', priority: 'priority', flex: 'flex', reserved: 'reserved' };

const REQUESTED_TIER = pathsOf(({ request }) => request?.requestedTier);
const LATENCY_MODE = pathsOf(({ response }) => response?.latencyMode);

/**
 * The tier to price a call at. A response names the tier that served the call, a request only the one that was asked for:
 * a tier known from the request alone is flagged. Without bodies the tier is not known and taken as standard.
 */
export function tierOf(record: Json, input: unknown, output: unknown, facts: BodyFacts | undefined, flags: string[]): Tier {
  if (facts === undefined && record.performanceConfig === undefined) {
    return 'standard';
  }
  if (isLatencyOptimized(output) || isLatencyOptimized(record)) {
    return 'latency';
  }
  const served = facts?.serviceTier;
  const requested = REQUESTED_TIER.map((path) => readName(valueAt(input, path))).find((name) => name !== undefined);
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

const isLatencyOptimized = (holder: unknown): boolean => LATENCY_MODE.some((path) => valueAt(holder, path) === 'optimized');

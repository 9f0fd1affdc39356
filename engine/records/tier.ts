import type { Tier } from '../pricing/types';
import { pathsOf } from './dialects';
import { isObject, valueAt, type Json } from './json';

/** The service tiers of the APIs, as the price list calls them: "Service tiers" in the Bedrock user guide. */
const TIERS: ReadonlyMap<unknown, Tier> = new Map<unknown, Tier>([
  ['default', 'standard'],
  ['standard', 'standard'],
  ['auto', 'standard'],
  ['priority', 'priority'],
  ['flex', 'flex'],
  ['reserved', 'reserved'],
]);

const SERVED_TIER = pathsOf(({ response }) => response?.servedTier);
const LATENCY_MODE = pathsOf(({ response }) => response?.latencyMode);
const REQUESTED_TIER = pathsOf(({ request }) => request?.requestedTier);
const REQUESTED_LATENCY_MODE = pathsOf(({ request }) => request?.requestedLatencyMode);

export interface CallTier {
  /** The tier that served the call, or standard where the record does not say. */
  readonly tier: Tier;
  /** The tier that only the request names. */
  readonly requestedTier?: Tier;
}

const STANDARD: CallTier = { tier: 'standard' };

/**
 * The tier to price a call at. A response names the tier that served the call. A request names what was asked for, and another
 * tier may have served it: "Reserved" overflows to standard, so a reserved tier that no response names is priced as standard.
 */
export function tierOf(record: Json, input: unknown, output: unknown, flags: string[]): CallTier {
  if (input === undefined && output === undefined && record.performanceConfig === undefined) {
    return STANDARD;
  }
  const chunks = Array.isArray(output) ? [...(output as unknown[])].reverse() : [output];
  if (isOptimized(record, LATENCY_MODE) || chunks.some((chunk) => isOptimized(chunk, LATENCY_MODE))) {
    return { tier: 'latency' };
  }
  const served = firstAt(chunks, SERVED_TIER);
  if (served !== undefined) {
    return { tier: knownTier(served, flags) };
  }
  const requested = requestedTier(record, input, flags);
  if (requested === 'standard') {
    return STANDARD;
  }
  flags.push('tierAsRequested');
  return requested === 'reserved' ? STANDARD : { tier: 'standard', requestedTier: requested };
}

/** With InvokeModel the tier and the latency mode are headers, which no record has: a body proves nothing there. */
function requestedTier({ operation }: Json, input: unknown, flags: string[]): Tier {
  if (!isObject(input) || (typeof operation === 'string' && operation.startsWith('InvokeModel'))) {
    return 'standard';
  }
  if (isOptimized(input, REQUESTED_LATENCY_MODE)) {
    return 'latency';
  }
  const requested = firstAt([input], REQUESTED_TIER);
  return requested === undefined ? 'standard' : knownTier(requested, flags);
}

function knownTier(name: unknown, flags: string[]): Tier {
  const tier = TIERS.get(name);
  if (tier === undefined) {
    flags.push('unknownTier');
  }
  return tier ?? 'standard';
}

function firstAt(bodies: readonly unknown[], paths: readonly string[]): unknown {
  for (const body of bodies) {
    for (const path of paths) {
      const value = valueAt(body, path) ?? undefined;
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

const isOptimized = (holder: unknown, paths: readonly string[]): boolean => paths.some((path) => valueAt(holder, path) === 'optimized');

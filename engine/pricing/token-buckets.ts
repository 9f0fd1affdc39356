import type { Usage } from './types';

/** The token counts of a usage. They are disjoint: no token is counted in two of them. */
export const TOKEN_BUCKETS = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'cacheWrite', 'output'] as const;
export type TokenBucket = (typeof TOKEN_BUCKETS)[number];

export const NO_USAGE: Usage = { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheWrite: 0, output: 0 };

/** Tokens that were read from or written to the prompt cache. */
export function cachedTokens(usage: Usage): number {
  return usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h + usage.cacheWrite + (usage.units?.cacheWrite30m ?? 0);
}

/** The length of the prompt, cached tokens included: it decides in which context band a call is priced. */
export function contextTokens(usage: Usage): number {
  return usage.input + cachedTokens(usage);
}

export function isZero(usage: Usage): boolean {
  return contextTokens(usage) + usage.output === 0 && !usage.units;
}

import { type Attributes, firstOf } from './attributes';
import { readDuration, readTokens } from './readers';
import { scopeFacts } from './scopes';
import type { InputForm, SpanTokens } from './span';
import { FIRST_TOKEN_KEYS, STRANDS_KEYS, TOKEN_KEYS, TOTAL_KEYS } from './usage-keys';

/** Undefined where all counts are zero or absent: such a span says nothing about tokens. */
export function tokensOf(attributes: Attributes): SpanTokens | undefined {
  const input = firstOf(attributes, TOKEN_KEYS.input, readTokens);
  const output = firstOf(attributes, TOKEN_KEYS.output, readTokens);
  const cacheRead = firstOf(attributes, TOKEN_KEYS.cacheRead, readTokens);
  const cacheWrite = firstOf(attributes, TOKEN_KEYS.cacheWrite, readTokens);
  if (input === undefined && output === undefined && cacheRead === undefined && cacheWrite === undefined) return undefined;
  const total = firstOf(attributes, TOTAL_KEYS, readTokens);
  return {
    input: input ?? (total !== undefined && output !== undefined ? Math.max(0, total - output) : 0),
    output: output ?? (total !== undefined && input !== undefined ? Math.max(0, total - input) : 0),
    cacheRead: cacheRead ?? 0,
    cacheWrite: cacheWrite ?? 0,
  };
}

/** A count of input that is smaller than the cached tokens cannot include them, whatever is known about the library. */
export function inputFormOf(scope: string, attributes: Attributes, tokens: SpanTokens | undefined): InputForm {
  if (tokens && tokens.input < tokens.cacheRead + tokens.cacheWrite) return 'excludesCache';
  const { input } = scopeFacts(scope);
  if (input !== undefined) return input;
  return STRANDS_KEYS.places.some((place) => attributes[place] !== undefined) ? 'includesCache' : 'unknown';
}

export function firstTokenOf(attributes: Attributes): number | undefined {
  for (const { place, unit } of FIRST_TOKEN_KEYS) {
    const duration = readDuration(attributes[place]);
    if (duration !== undefined) return unit === 's' ? duration * 1000 : duration;
  }
  return undefined;
}

import type { SpanTokens } from './span';

export const NO_TOKENS: SpanTokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

export const plus = (sum: SpanTokens, tokens: SpanTokens | undefined): SpanTokens =>
  tokens === undefined
    ? sum
    : {
        input: sum.input + tokens.input,
        output: sum.output + tokens.output,
        cacheRead: sum.cacheRead + tokens.cacheRead,
        cacheWrite: sum.cacheWrite + tokens.cacheWrite,
      };

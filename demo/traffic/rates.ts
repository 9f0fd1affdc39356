import { parseUsd } from '../../engine/pricing/usd-text';

/** The tokens of one call; each token is in one member. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
}

type Rates = Readonly<Partial<Record<keyof Tokens, string>>>;

/**
 * What the generated calls cost, in USD per million tokens, us-east-1, standard tier. Typed by hand from the AWS Price List
 * as of November 2026 (and, for Nova Pro, Titan and Llama, from published extracts of it), so that the expected cost does
 * not come from the engine under test. `global.` profiles have rates of their own.
 */
const RATES: Readonly<Record<string, Rates>> = {
  'us.anthropic.claude-opus-4-7': { input: '5.5', output: '27.5', cacheRead: '0.55', cacheWrite5m: '6.875', cacheWrite1h: '11' },
  'us.anthropic.claude-sonnet-4-6': { input: '3.3', output: '16.5', cacheRead: '0.33', cacheWrite5m: '4.125', cacheWrite1h: '6.6' },
  'global.anthropic.claude-sonnet-4-6': { input: '3', output: '15', cacheRead: '0.3', cacheWrite5m: '3.75', cacheWrite1h: '6' },
  'us.anthropic.claude-sonnet-4-5-20250929-v1:0': {
    input: '3.3',
    output: '16.5',
    cacheRead: '0.33',
    cacheWrite5m: '4.125',
    cacheWrite1h: '6.6',
  },
  'us.anthropic.claude-haiku-4-5-20251001-v1:0': {
    input: '1.1',
    output: '5.5',
    cacheRead: '0.11',
    cacheWrite5m: '1.375',
    cacheWrite1h: '2.2',
  },
  'amazon.nova-micro-v1:0': { input: '0.035', output: '0.14', cacheRead: '0.00875', cacheWrite5m: '0' },
  'amazon.nova-pro-v1:0': { input: '0.8', output: '3.2' },
  'us.meta.llama4-maverick-17b-instruct-v1:0': { input: '0.24', output: '0.97' },
  'openai.gpt-oss-120b-1:0': { input: '0.15', output: '0.6' },
  'amazon.titan-embed-text-v2:0': { input: '0.02' },
};

const MILLION = 1_000_000n;

/** The exact cost of a call in pico-dollars, or undefined for a model without a price. */
export function costOf(profile: string, tokens: Tokens): bigint | undefined {
  const rates = RATES[profile];
  if (!rates) {
    return undefined;
  }
  return (Object.keys(tokens) as (keyof Tokens)[])
    .filter((kind) => tokens[kind] > 0)
    .reduce((sum, kind) => {
      const rate = rates[kind];
      if (rate === undefined) {
        throw new Error(`'${profile}' has no rate for '${kind}' in the generator's table`);
      }
      return sum + BigInt(tokens[kind]) * (parseUsd(rate) / MILLION);
    }, 0n);
}

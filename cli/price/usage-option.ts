import { KINDS } from '../../engine/pricing/kinds';
import { contextTokens, NO_USAGE, TOKEN_BUCKETS } from '../../engine/pricing/token-buckets';
import type { Usage } from '../../engine/pricing/types';
import { Failure } from '../failure';
import { countIn } from '../options/count';
import { parsePairs } from '../options/pairs';
import { suggestion } from '../suggest';

const EXAMPLE = 'input=12,cacheRead=180000,output=900';

const KNOWN = Object.keys(KINDS);

const BUCKETS: ReadonlySet<string> = new Set(TOKEN_BUCKETS);

/** No model takes more tokens than this in one call, answer included. */
const MAX_TOKENS_OF_A_CALL = 1_000_000;

/** Both within what a double holds exactly. */
const MAX_COUNT = 999_999_999_999_999;
const MAX_FRACTION_DIGITS = 6;

/** What `--usage` names: counts by kind of the catalogue. */
export class UsageOption {
  public static parse(text: string): UsageOption {
    return new UsageOption(new Map([...parsePairs('--usage', text, EXAMPLE)].map(([kind, count]) => [kind, parseCount(kind, count)])));
  }

  private constructor(public readonly counts: ReadonlyMap<string, number>) {}

  public get usage(): Usage {
    const counts = [...this.counts];
    const tokens = Object.fromEntries(counts.filter(([kind]) => BUCKETS.has(kind)));
    return { ...NO_USAGE, ...tokens, units: Object.fromEntries(counts.filter(([kind]) => !BUCKETS.has(kind))) };
  }

  /** Whether there are more tokens than one call can have. The lengths of the single calls are not known then. */
  public get isSumOfCalls(): boolean {
    return contextTokens(this.usage) + this.usage.output > MAX_TOKENS_OF_A_CALL;
  }

  /** The length of the prompt of a single call. Prompts of a sum of calls are taken as short. */
  public get contextTokens(): number {
    return this.isSumOfCalls ? 0 : contextTokens(this.usage);
  }
}

function parseCount(kind: string, text: string): number {
  const unit = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (unit === undefined) {
    throw new Failure(`'--usage' must name kinds that have prices, got '${kind}'${suggestion(kind, KNOWN) || `: use ${KNOWN.join(', ')}`}`);
  }
  const count = countIn(text);
  if (count !== undefined && count <= MAX_COUNT && (Number.isInteger(count) || (unit !== 'token' && hasFewDigits(count)))) return count;
  const allowed = unit === 'token' ? 'a whole number, not negative' : `a number with at most ${MAX_FRACTION_DIGITS} decimals, not negative`;
  throw new Failure(`'--usage' must give '${kind}' as ${allowed}, such as 1200, 10k or 1.5M, got '${text}'`);
}

const hasFewDigits = (count: number): boolean => Number(count.toFixed(MAX_FRACTION_DIGITS)) === count && count < 1e9;

import { KINDS } from '../../engine/pricing/kinds';
import type { Usage } from '../../engine/pricing/types';
import { Failure } from '../failure';
import { parsePairs } from '../options/pairs';

const EXAMPLE = 'input=12,cacheRead=180000,output=900';

/** Tokens that a usage has members of its own for. Everything else is in its units. */
const TOKEN_MEMBERS: ReadonlySet<string> = new Set(['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output']);

/** Tokens before the answer: they decide the context band in which a call is billed. */
const CONTEXT_KINDS = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'cacheWrite30m'];

/** No model takes more tokens than this in one call, answer included. */
const MAX_TOKENS_OF_A_CALL = 1_000_000;

/** Both within what a double holds exactly. */
const WHOLE = /^\d{1,15}$/;
const DECIMAL = /^\d{1,9}\.\d{1,6}$/;

/** What `--usage` names: counts by kind of the catalogue. */
export class UsageOption {
  public static parse(text: string): UsageOption {
    return new UsageOption(new Map([...parsePairs('--usage', text, EXAMPLE)].map(([kind, count]) => [kind, parseCount(kind, count)])));
  }

  private constructor(public readonly counts: ReadonlyMap<string, number>) {}

  public get usage(): Usage {
    const count = (kind: string) => this.counts.get(kind) ?? 0;
    return {
      input: count('input'),
      cacheRead: count('cacheRead'),
      cacheWrite5m: count('cacheWrite5m'),
      cacheWrite1h: count('cacheWrite1h'),
      cacheWrite: 0,
      output: count('output'),
      units: Object.fromEntries([...this.counts].filter(([kind]) => !TOKEN_MEMBERS.has(kind))),
    };
  }

  /** Whether there are more tokens than one call can have. The lengths of the single calls are not known then. */
  public get isSumOfCalls(): boolean {
    return this.sum([...CONTEXT_KINDS, 'output']) > MAX_TOKENS_OF_A_CALL;
  }

  /** The length of the prompt of a single call. Prompts of a sum of calls are taken as short. */
  public get contextTokens(): number {
    return this.isSumOfCalls ? 0 : this.sum(CONTEXT_KINDS);
  }

  private sum(kinds: readonly string[]): number {
    return kinds.reduce((sum, kind) => sum + (this.counts.get(kind) ?? 0), 0);
  }
}

function parseCount(kind: string, text: string): number {
  const unit = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (unit === undefined) {
    throw new Failure(`'--usage' must name kinds that have prices, got '${kind}': use ${Object.keys(KINDS).join(', ')}`);
  }
  if (WHOLE.test(text) || (unit !== 'token' && DECIMAL.test(text))) return Number(text);
  const allowed = unit === 'token' ? 'a whole number, not negative' : 'a number with at most 6 decimals, not negative';
  throw new Failure(`'--usage' must give '${kind}' as ${allowed}, got '${text}'`);
}

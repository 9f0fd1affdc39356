import { KINDS } from '../../engine/pricing/kinds';
import type { Usage } from '../../engine/pricing/types';
import { Failure } from '../failure';
import { parsePairs } from '../options/pairs';

const EXAMPLE = 'input=12,cacheRead=180000,output=900';
const BUCKETS: ReadonlySet<string> = new Set(['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output']);

/** What is read before the answer begins: it decides which context band a call is billed in. */
const CONTEXT = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'cacheWrite30m'];

/** Both within what a double holds exactly. */
const WHOLE = /^\d{1,15}$/;
const DECIMAL = /^\d{1,9}\.\d{1,6}$/;

/** What was used, by kind, as the user wrote it. */
export type Counts = ReadonlyMap<string, number>;

/** Reads `--usage`: counts by kind of the catalogue. */
export function parseUsage(text: string): Counts {
  return new Map([...parsePairs('--usage', text, EXAMPLE)].map(([kind, count]) => [kind, parseCount(kind, count)]));
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

export function usageOf(counts: Counts): Usage {
  const units = Object.fromEntries([...counts].filter(([kind]) => !BUCKETS.has(kind)));
  return {
    input: counts.get('input') ?? 0,
    cacheRead: counts.get('cacheRead') ?? 0,
    cacheWrite5m: counts.get('cacheWrite5m') ?? 0,
    cacheWrite1h: counts.get('cacheWrite1h') ?? 0,
    cacheWrite: 0,
    output: counts.get('output') ?? 0,
    units,
  };
}

/** No model takes more tokens than this in one call, answer included. */
const LONGEST_CALL = 1_000_000;

/** More tokens than one call can have are a sum over calls, whose single lengths are not known. */
export const isSumOfCalls = (counts: Counts): boolean => total(counts, [...CONTEXT, 'output']) > LONGEST_CALL;

/** The prompt, if the usage is that of one call. */
export const contextOf = (counts: Counts): number => (isSumOfCalls(counts) ? 0 : total(counts, CONTEXT));

const total = (counts: Counts, kinds: readonly string[]): number => kinds.reduce((sum, kind) => sum + (counts.get(kind) ?? 0), 0);

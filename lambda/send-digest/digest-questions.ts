import type { LedgerQuestion } from '../../engine/ledger/questions/question';
import { MAX_ROWS } from '../shared/sources';

const SUMS = ['calls', 'failed', 'priced', 'counted', 'input', 'output', 'usd'] as const;
const KINDS = ['uncached', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'cacheWrite', 'output'] as const;
const most = { limit: MAX_ROWS };

/** What a digest asks the ledger. Calls that failed or were blocked without having used anything have the status "ignored". */
export const DIGEST_QUESTIONS = {
  /** How many lines there are, to see whether the questions that group them by call have read them all. */
  lines: { each: 'line', by: [], measures: ['lines'], limit: 1 },
  totals: { by: ['status'], measures: [...SUMS, 'lines'], ...most },
  models: { by: ['pricedModel', 'modelId', 'status'], measures: SUMS, sort: 'usd', ...most },
  callers: { by: ['principal', 'status'], measures: SUMS, sort: 'usd', ...most },
  profiles: { of: 'withProfile', by: ['profile', 'status'], measures: SUMS, sort: 'usd', ...most },
  unpriced: { of: 'unpriced', by: ['modelId', 'reason'], measures: ['calls'], sort: 'calls', ...most },
  /** By what decides the price of a call, and whether a lever changes it. */
  levers: {
    of: 'priced',
    by: ['pricedModel', 'routing', 'region', 'tier', 'priceRow', 'writes5m', 'writes1h'],
    measures: ['calls', 'usd', 'longest', ...KINDS],
    ...most,
  },
  priceRows: { of: 'withPriceRow', by: ['priceRow'], measures: ['calls'], ...most },
} as const satisfies Readonly<Record<string, LedgerQuestion>>;

export type DigestQuestion = keyof typeof DIGEST_QUESTIONS;

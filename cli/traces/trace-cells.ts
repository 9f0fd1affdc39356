import type { SpanTokens } from '../../engine/agents/span';
import type { TraceRun } from '../../engine/agents/trace-run';
import { formatUsd } from '../../engine/pricing/usd-text';
import { formatNumber } from '../terminal';

export const cachedOf = ({ cacheRead, cacheWrite }: SpanTokens): number => cacheRead + cacheWrite;

/** Input, cached and output. */
export const tokenCells = (tokens: SpanTokens): string[] => [tokens.input, cachedOf(tokens), tokens.output].map(formatNumber);

export const amountOf = ({ costBasis, cost }: TraceRun): string => (costBasis === 'none' ? 'no' : formatUsd(cost.low, 2));

export const basisOf = ({ costBasis }: TraceRun): string => (costBasis === 'ledger' ? 'exact' : costBasis === 'estimate' ? 'estimate' : '');

export const named = (names: readonly string[]): string =>
  names.length > 2 ? `${names.slice(0, 2).join(', ')} +${names.length - 2}` : names.join(', ');

export const secondsOf = (ms: number): string => (ms / 1000).toFixed(3);

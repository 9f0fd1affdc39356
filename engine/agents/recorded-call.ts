import { LEDGER_LINE_START } from '../ledger/members';
import type { PicoUsd, Usage } from '../pricing/types';
import { parseUsd } from '../pricing/usd-text';
import type { RatedCall } from '../rating/rater';
import { eventTime } from '../records/event-time';
import { readNumber, readObject, readText, type Json } from '../records/json';
import { readTokens } from './readers';
import type { SpanTokens } from './span';

/** A model call as the invocation log or the ledger has it: exact tokens and exact cost. */
export interface RecordedCall {
  readonly requestId?: string;
  /** In milliseconds; records have whole seconds. */
  readonly time: number;
  readonly modelId: string;
  readonly modelName?: string;
  readonly caller?: string;
  readonly failed: boolean;
  readonly tokens?: SpanTokens;
  /** Absent where the call has no price, or nothing to pay. */
  readonly cost?: { readonly low: PicoUsd; readonly high: PicoUsd };
  /** Why there is no price; absent where there is one, or nothing to pay. */
  readonly unpriced?: string;
  readonly flags: readonly string[];
}

/** A rated call; undefined for copies and other records that are no calls of their own. */
export function recordedCallOf({ call, counts, status, reason, usage, unitPrices }: RatedCall): RecordedCall | undefined {
  if (!counts) return undefined;
  const cost = status === 'priced' && usage && unitPrices ? unitPrices.cost(usage) : undefined;
  return {
    requestId: call.requestId?.toLowerCase(),
    time: call.time,
    modelId: call.modelId,
    modelName: unitPrices?.quote.resolved.title,
    caller: call.caller,
    failed: call.errorCode !== undefined,
    tokens: usage && tokensOf(usage),
    ...(cost && { cost: { low: cost.low, high: cost.high } }),
    ...(status === 'unpriced' && { unpriced: reason ?? 'no price' }),
    flags: [...new Set([...call.flags, ...(unitPrices?.quote.flags ?? [])])],
  };
}

function tokensOf({ input, output, cacheRead, cacheWrite5m, cacheWrite1h, cacheWrite }: Usage): SpanTokens {
  return { input, output, cacheRead, cacheWrite: cacheWrite5m + cacheWrite1h + cacheWrite };
}

/** A line of the ledger; undefined for anything else. */
export function readLedgerLine(text: string): RecordedCall | undefined {
  if (!text.startsWith(LEDGER_LINE_START)) return undefined;
  let line: Json | undefined;
  try {
    line = readObject(JSON.parse(text));
  } catch {
    return undefined;
  }
  const time = eventTime(line?.time);
  const modelId = readText(line?.modelId);
  if (!line || time === undefined || modelId === undefined || line.status === 'malformed') return undefined;
  const low = amountIn(text, 'costUsd');
  return {
    requestId: readText(line.requestId)?.toLowerCase(),
    time,
    modelId,
    modelName: readText(line.modelName),
    caller: readText(line.caller),
    failed: line.errorCode !== undefined,
    tokens: tokensIn(readObject(line.tokens)),
    ...(low !== undefined && { cost: { low, high: amountIn(text, 'costHighUsd') ?? low } }),
    ...(line.status === 'unpriced' && { unpriced: readText(line.reason) ?? 'no price' }),
    flags: Array.isArray(line.flags) ? line.flags.filter((flag) => typeof flag === 'string') : [],
  };
}

function tokensIn(tokens: Json | undefined): SpanTokens | undefined {
  if (!tokens) return undefined;
  const count = (name: string): number => readTokens(readNumber(tokens[name])) ?? 0;
  const cacheWrite = count('cacheWrite5m') + count('cacheWrite1h') + count('cacheWrite');
  return { input: count('input'), output: count('output'), cacheRead: count('cacheRead'), cacheWrite };
}

/** The digits of an amount: a double does not hold every amount. A quote before the name cannot be within a text. */
export function amountIn(text: string, member: string): PicoUsd | undefined {
  const digits = new RegExp(`[^\\\\]"${member}":(\\d{1,12}(?:\\.\\d{1,12})?)[,}]`).exec(text)?.[1];
  return digits === undefined ? undefined : parseUsd(digits);
}

import type { Usage } from '../pricing/types';
import { bodyUsage, type BodyUsage } from './body-usage';
import { readCount } from './counters';
import type { Json } from './json';
import { recordUnits } from './record-units';

/** The two halves of a record, and the bodies in them. */
export interface Envelope {
  readonly input?: Json;
  readonly output?: Json;
  readonly inputBody?: unknown;
  readonly outputBody?: unknown;
}

export interface RecordUsage {
  readonly usage: Usage;
  /** The record counts no output tokens: all is known only if the model has none, as of embeddings. */
  readonly lacksOutput: boolean;
  /** Whether `usage.input` holds the cached tokens too. Absent where the record leaves it open. */
  readonly inputHoldsCached?: boolean;
}

const NO_COUNTS: BodyUsage = {};

/**
 * What a call consumed, or undefined where the record does not say. Counters of the envelope come first, those that it lacks
 * from the response body.
 */
export function recordUsage(envelope: Envelope, flags: string[]): RecordUsage | undefined {
  const body = bodyUsage(envelope.outputBody) ?? NO_COUNTS;
  const units = recordUnits(envelope);
  const counts = tokenCounts(envelope, body);
  // NaN of one makes it of the sum.
  if (Number.isNaN((counts.input ?? 0) + (counts.output ?? 0) + counts.cacheRead + counts.cacheWrite)) {
    flags.push('unreadableCount');
    return undefined;
  }
  const { input, output } = counts;
  if (input === undefined && (output !== undefined || units === undefined)) {
    return undefined;
  }
  const { cacheWrite5m = 0, cacheWrite1h = 0 } = fitsInto(counts.cacheWrite, body, flags) ? body : NO_COUNTS;
  const usage: Usage = {
    input: input ?? 0,
    cacheRead: counts.cacheRead,
    cacheWrite5m,
    cacheWrite1h,
    cacheWrite: counts.cacheWrite - cacheWrite5m - cacheWrite1h,
    output: output ?? 0,
    units,
  };
  return { usage, lacksOutput: output === undefined, inputHoldsCached: inputHoldsCached(usage, body) };
}

interface TokenCounts {
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** NaN where only the body has a count, and it cannot be read. */
function tokenCounts({ input = {}, output = {} }: Envelope, body: BodyUsage): TokenCounts {
  const writesByLifetime = (body.cacheWrite5m ?? 0) + (body.cacheWrite1h ?? 0);
  return {
    input: readCount(input.inputTokenCount, 'inputTokenCount') ?? body.input,
    output: readCount(output.outputTokenCount, 'outputTokenCount') ?? body.output,
    cacheRead: readCount(input.cacheReadInputTokenCount, 'cacheReadInputTokenCount') ?? body.cacheRead ?? 0,
    cacheWrite: readCount(input.cacheWriteInputTokenCount, 'cacheWriteInputTokenCount') ?? body.cacheWrite ?? writesByLifetime,
  };
}

/** Whether the cache writes of the body are no more than all that were written; where they are, their lifetimes stay unknown. */
function fitsInto(written: number, { cacheWrite5m = 0, cacheWrite1h = 0 }: BodyUsage, flags: string[]): boolean {
  const fits = cacheWrite5m + cacheWrite1h <= written;
  if (!fits && written > 0) {
    flags.push('cacheSplitMismatch');
  }
  return fits;
}

/** What the body's dialect says holds for the envelope too, where both have the same count. */
const inputHoldsCached = ({ input }: Usage, body: BodyUsage): boolean | undefined =>
  input === body.input ? body.inputHoldsCached : undefined;

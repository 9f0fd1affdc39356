import { cachedTokens } from '../pricing/token-buckets';
import type { Usage } from '../pricing/types';
import { bodyUsage, type BodyUsage } from './body-usage';
import { readAmount, readCount } from './counters';
import { pathsOf } from './dialects';
import { valueAt, type Json } from './json';

/** The two halves of a record, and the bodies in them. */
export interface Envelope {
  readonly input?: Json;
  readonly output?: Json;
  readonly inputBody?: unknown;
  readonly outputBody?: unknown;
}

const IMAGES = pathsOf(({ response }) => response?.images);
const EMBEDDED_IMAGES = pathsOf(({ request }) => request?.embeddedImage);

const NO_COUNTS: BodyUsage = {};

/**
 * What a call consumed, or undefined where the record does not say. Counters of the envelope come first, those that it lacks
 * from the response body.
 */
export function recordUsage(envelope: Envelope, modelId: string, flags: string[]): Usage | undefined {
  const body = bodyUsage(envelope.outputBody) ?? NO_COUNTS;
  const tokens = tokenCounts(envelope, body);
  const units = unitsOf(envelope);
  if (!isKnown(tokens, units, modelId)) {
    return undefined;
  }
  const { cacheWrite5m = 0, cacheWrite1h = 0 } = fitsInto(tokens.cacheWrite, body, flags) ? body : NO_COUNTS;
  return {
    input: tokens.input ?? 0,
    cacheRead: tokens.cacheRead,
    cacheWrite5m,
    cacheWrite1h,
    cacheWrite: tokens.cacheWrite - cacheWrite5m - cacheWrite1h,
    output: tokens.output ?? 0,
    units,
  };
}

/**
 * The OpenAI family counts cached tokens as input too, in some responses: github.com/maximhq/bifrost #6942 saw 4,995 input
 * tokens streamed and 2 not streamed for one prompt. Where the input is large enough to hold them, they are taken out.
 */
export function withoutCachedInput(usage: Usage): Usage {
  const cached = cachedTokens(usage);
  return cached > 0 && usage.input >= cached ? { ...usage, input: usage.input - cached } : usage;
}

interface TokenCounts {
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

function tokenCounts({ input = {}, output = {} }: Envelope, body: BodyUsage): TokenCounts {
  const writesByLifetime = (body.cacheWrite5m ?? 0) + (body.cacheWrite1h ?? 0);
  return {
    input: readCount(input.inputTokenCount, 'inputTokenCount') ?? body.input,
    output: readCount(output.outputTokenCount, 'outputTokenCount') ?? body.output,
    cacheRead: readCount(input.cacheReadInputTokenCount, 'cacheReadInputTokenCount') ?? body.cacheRead ?? 0,
    cacheWrite: readCount(input.cacheWriteInputTokenCount, 'cacheWriteInputTokenCount') ?? body.cacheWrite ?? writesByLifetime,
  };
}

/** Both token counts, of an embedding the input; or, for models that count no tokens, the units they count. */
function isKnown({ input, output }: TokenCounts, units: Usage['units'], modelId: string): boolean {
  if (input === undefined && output === undefined) {
    return units !== undefined;
  }
  return input !== undefined && (output !== undefined || modelId.includes('embed'));
}

/** Whether the cache writes of the body are no more than all that were written; where they are, their lifetimes stay unknown. */
function fitsInto(written: number, { cacheWrite5m = 0, cacheWrite1h = 0 }: BodyUsage, flags: string[]): boolean {
  const fits = cacheWrite5m + cacheWrite1h <= written;
  if (!fits && written > 0) {
    flags.push('cacheSplitMismatch');
  }
  return fits;
}

/** What is not a token, by the kind of the catalogue. Each counter is optional, and most records have none. */
function unitsOf({ input, output, inputBody, outputBody }: Envelope): Record<string, number> | undefined {
  let units: Record<string, number> | undefined;
  if (output) {
    units = withUnit(units, 'image', readAmount(output.outputImagesCount, 'outputImagesCount'));
    units = withUnit(units, 'searchUnit', readAmount(output.searchUnits, 'searchUnits'));
    units = withUnit(units, 'second', readAmount(output.outputVideoDurationSeconds, 'outputVideoDurationSeconds'));
    units = withUnit(units, 'outputAudioSecond', readAmount(output.outputAudioDurationSeconds, 'outputAudioDurationSeconds'));
  }
  if (input) {
    units = withUnit(units, 'audioSecond', readAmount(input.audioInputDurationSeconds, 'audioInputDurationSeconds'));
    units = withUnit(units, 'videoSecond', readAmount(input.videoInputDurationSeconds, 'videoInputDurationSeconds'));
  }
  if (units?.image === undefined) {
    units = withUnit(units, 'image', imagesMade(outputBody) ?? imagesEmbedded(inputBody));
  }
  return units;
}

function withUnit(units: Record<string, number> | undefined, kind: string, amount: number | undefined): Record<string, number> | undefined {
  return amount ? { ...units, [kind]: amount } : units;
}

function imagesMade(outputBody: unknown): number | undefined {
  for (const path of IMAGES) {
    const images = valueAt(outputBody, path);
    if (Array.isArray(images)) {
      return images.length;
    }
  }
  return undefined;
}

const imagesEmbedded = (inputBody: unknown): number =>
  EMBEDDED_IMAGES.filter((path) => typeof valueAt(inputBody, path) === 'string').length;

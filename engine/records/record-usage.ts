import type { Usage } from '../pricing/types';
import { readCount, readAmount } from './counters';
import { isObject, type Json } from './json';
import { nativeUsage, type NativeUsage } from './native-usage';

/** The two sides of a record, and their bodies once they are parsed. */
export interface Envelope {
  readonly input?: Json;
  readonly output?: Json;
  readonly inputBody?: unknown;
  readonly outputBody?: unknown;
}

/**
 * What a call consumed, or undefined when the record does not tell.
 *
 * The counters of the envelope come first; a counter that it lacks is looked for in the model's own response body.
 */
export function usageOf(sides: Envelope, modelId: string, flags: string[]): Usage | undefined {
  const { input, output, outputBody } = sides;
  const native = outputBody === undefined ? undefined : nativeUsage(outputBody);
  const inputTokens = readCount(input?.inputTokenCount, 'inputTokenCount') ?? native?.input;
  const outputTokens = readCount(output?.outputTokenCount, 'outputTokenCount') ?? native?.output;
  const cacheRead = readCount(input?.cacheReadInputTokenCount, 'cacheReadInputTokenCount') ?? native?.cacheRead ?? 0;
  const cacheWrite = readCount(input?.cacheWriteInputTokenCount, 'cacheWriteInputTokenCount') ?? native?.cacheWrite ?? writesOf(native);
  const units = unitsOf(sides);
  const tokens = inputTokens !== undefined && (outputTokens !== undefined || modelId.includes('embed'));
  if (!tokens && (inputTokens !== undefined || outputTokens !== undefined || !units)) {
    return undefined;
  }
  const split = cacheWrite === 0 ? undefined : splitOf(native, cacheWrite, flags);
  return {
    input: inputTokens ?? 0,
    cacheRead,
    cacheWrite5m: split?.[0] ?? 0,
    cacheWrite1h: split?.[1] ?? 0,
    cacheWrite: cacheWrite - (split ? split[0] + split[1] : 0),
    output: outputTokens ?? 0,
    units,
  };
}

/** The OpenAI family counts cached tokens as input too, in some responses: they are taken out where that can be. */
export function withoutCachedInput(usage: Usage): Usage {
  const cached = usage.cacheRead + usage.cacheWrite + usage.cacheWrite5m + usage.cacheWrite1h;
  return cached > 0 && usage.input >= cached ? { ...usage, input: usage.input - cached } : usage;
}

/** Input and cached tokens: what decides the context band. */
export const contextTokens = (usage: Usage): number =>
  usage.input + usage.cacheRead + usage.cacheWrite + usage.cacheWrite5m + usage.cacheWrite1h;

export const isZero = (usage: Usage): boolean => contextTokens(usage) + usage.output === 0 && !usage.units;

const writesOf = (native: NativeUsage | undefined): number => (native?.cacheWrite5m ?? 0) + (native?.cacheWrite1h ?? 0);

/** The 5-minute and 1-hour parts of the writes, if they are told and fit into the total. */
function splitOf(native: NativeUsage | undefined, total: number, flags: string[]): [number, number] | undefined {
  const split: [number, number] = [native?.cacheWrite5m ?? 0, native?.cacheWrite1h ?? 0];
  if (split[0] + split[1] > total) {
    flags.push('cacheSplitMismatch');
    return undefined;
  }
  return split;
}

/** What is not a text token, by the catalogue's kinds. Every counter of it is optional. */
function unitsOf({ input, output, inputBody, outputBody }: Envelope): Record<string, number> | undefined {
  let units: Record<string, number> | undefined;
  const add = (kind: string, value: unknown, name: string) => {
    const amount = readAmount(value, name);
    units = amount ? { ...units, [kind]: amount } : units;
  };
  if (output?.outputImagesCount !== undefined || output?.searchUnits !== undefined) {
    add('image', output.outputImagesCount, 'outputImagesCount');
    add('searchUnit', output.searchUnits, 'searchUnits');
  }
  if (output?.outputVideoDurationSeconds !== undefined || output?.outputAudioDurationSeconds !== undefined) {
    add('second', output.outputVideoDurationSeconds, 'outputVideoDurationSeconds');
    add('outputAudioSecond', output.outputAudioDurationSeconds, 'outputAudioDurationSeconds');
  }
  if (input?.audioInputDurationSeconds !== undefined || input?.videoInputDurationSeconds !== undefined) {
    add('audioSecond', input.audioInputDurationSeconds, 'audioInputDurationSeconds');
    add('videoSecond', input.videoInputDurationSeconds, 'videoInputDurationSeconds');
  }
  if (units?.image === undefined) {
    add('image', imagesOf(inputBody, outputBody), 'images');
  }
  return units;
}

/** Images that a body shows: those made, or the one that was embedded. */
function imagesOf(inputBody: unknown, outputBody: unknown): number {
  if (isObject(outputBody) && Array.isArray(outputBody.images)) {
    return outputBody.images.length;
  }
  return isObject(inputBody) && typeof inputBody.inputImage === 'string' ? 1 : 0;
}

import type { BodyFacts } from './call';
import { pathsOf } from './dialects';
import { isObject, readName, readNumber, valueAt, type Json } from './json';

const RESPONSE = {
  stopReason: pathsOf(({ response }) => response?.stopReason),
  latencyMs: pathsOf(({ response }) => response?.latencyMs),
  firstByteMs: pathsOf(({ response }) => response?.firstByteMs),
  guardrailAction: pathsOf(({ response }) => response?.guardrailAction),
  servedTier: pathsOf(({ response }) => response?.servedTier),
};

const REQUEST = {
  maxTokens: pathsOf(({ request }) => request?.maxTokens),
  temperature: pathsOf(({ request }) => request?.temperature),
  imageWidth: pathsOf(({ request }) => request?.imageWidth),
  imageHeight: pathsOf(({ request }) => request?.imageHeight),
  imageQuality: pathsOf(({ request }) => request?.imageQuality),
};

type Read<T> = (value: unknown) => T | undefined;

/** Everything but token counts that is read from the bodies. A body of an unknown shape has no facts, and is no error. */
export function bodyFacts(input: unknown, output: unknown): BodyFacts | undefined {
  const request = isObject(input) ? input : undefined;
  const chunks = (Array.isArray(output) ? output : [output]).filter(isObject);
  if (!request && chunks.length === 0) {
    return undefined;
  }
  const stopReason = lastOf(chunks, RESPONSE.stopReason, readName);
  return {
    stopReason,
    latencyMs: lastOf(chunks, RESPONSE.latencyMs, readPositive),
    firstByteMs: lastOf(chunks, RESPONSE.firstByteMs, readPositive),
    maxTokens: firstAt(request, REQUEST.maxTokens, readPositive),
    temperature: firstAt(request, REQUEST.temperature, readNumber),
    guardrail: lastOf(chunks, RESPONSE.guardrailAction, readName) ?? (stopReason === 'guardrail_intervened' ? 'INTERVENED' : undefined),
    serviceTier: lastOf(chunks, RESPONSE.servedTier, readName),
    spec: specOf(request),
  };
}

function specOf(request: Json | undefined): Record<string, string> | undefined {
  const width = firstAt(request, REQUEST.imageWidth, readPositive);
  const height = firstAt(request, REQUEST.imageHeight, readPositive);
  const quality = firstAt(request, REQUEST.imageQuality, readName);
  const size = width !== undefined && height !== undefined ? { size: `${width}x${height}` } : undefined;
  return size || quality ? { ...size, ...(quality && { quality }) } : undefined;
}

/** From the last chunk that has the fact: chunks of a stream correct earlier ones. */
function lastOf<T>(chunks: readonly Json[], paths: readonly string[], read: Read<T>): T | undefined {
  for (let at = chunks.length - 1; at >= 0; at -= 1) {
    const fact = firstAt(chunks[at], paths, read);
    if (fact !== undefined) {
      return fact;
    }
  }
  return undefined;
}

function firstAt<T>(body: unknown, paths: readonly string[], read: Read<T>): T | undefined {
  for (const path of paths) {
    const fact = read(valueAt(body, path));
    if (fact !== undefined) {
      return fact;
    }
  }
  return undefined;
}

const readPositive: Read<number> = (value) => {
  const number = readNumber(value);
  return number !== undefined && number >= 0 ? number : undefined;
};

import type { BodyFacts } from './call';
import { pathsOf } from './dialects';
import { imageSpec } from './image-spec';
import { isObject, readNumber, valueAt, type Json } from './json';
import { OTHER_NAME, readStopReason } from './stop-reasons';

/** A day: no call takes longer, and CloudWatch refuses a metric line with a number that is out of its range. */
const MAX_LATENCY_MS = 86_400_000;
const MAX_TOKENS = 1e9;
const MAX_TEMPERATURE = 100;

/** "Use guardrails with InvokeModel" in the Bedrock user guide. */
const GUARDRAIL_ACTIONS: ReadonlySet<unknown> = new Set(['INTERVENED', 'NONE']);

const RESPONSE = {
  stopReason: pathsOf(({ response }) => response?.stopReason),
  latencyMs: pathsOf(({ response }) => response?.latencyMs),
  firstByteMs: pathsOf(({ response }) => response?.firstByteMs),
  guardrailAction: pathsOf(({ response }) => response?.guardrailAction),
};

const REQUEST = {
  maxTokens: pathsOf(({ request }) => request?.maxTokens),
  temperature: pathsOf(({ request }) => request?.temperature),
};

type Read<T> = (value: unknown) => T | undefined;

/** Everything but token counts that is read from the bodies. A body of an unknown shape has no facts, and is no error. */
export function bodyFacts(input: unknown, output: unknown, flags: string[]): BodyFacts | undefined {
  const request = isObject(input) ? input : undefined;
  const chunks = (Array.isArray(output) ? output : [output]).filter(isObject);
  if (!request && chunks.length === 0) {
    return undefined;
  }
  const stopReason = lastOf(chunks, RESPONSE.stopReason, readStopReason);
  return {
    stopReason,
    latencyMs: lastOf(chunks, RESPONSE.latencyMs, upTo(MAX_LATENCY_MS)),
    firstByteMs: lastOf(chunks, RESPONSE.firstByteMs, upTo(MAX_LATENCY_MS)),
    maxTokens: firstAt(request, REQUEST.maxTokens, upTo(MAX_TOKENS)),
    temperature: firstAt(request, REQUEST.temperature, upTo(MAX_TEMPERATURE)),
    guardrail: lastOf(chunks, RESPONSE.guardrailAction, readAction) ?? (stopReason === 'guardrail_intervened' ? 'INTERVENED' : undefined),
    spec: imageSpec(request, flags),
  };
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

const readAction: Read<string> = (value) => {
  if (typeof value !== 'string') {
    return undefined;
  }
  return GUARDRAIL_ACTIONS.has(value) ? value : OTHER_NAME;
};

/** A number from 0 to `max`: others are of a body that is not what it seems, and say nothing. */
const upTo =
  (max: number): Read<number> =>
  (value) => {
    const number = readNumber(value);
    return number !== undefined && number >= 0 && number <= max ? number : undefined;
  };

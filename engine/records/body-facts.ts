import type { BodyFacts } from './call';
import { readNumber, isObject, objectAt, readName, type Json } from './json';

const first = (value: unknown): unknown => (Array.isArray(value) ? (value as unknown[])[0] : undefined);

/** Where the families put the reason why a response ended. */
const STOP_REASONS: ReadonlyArray<(body: Json) => unknown> = [
  (body) => body.stopReason,
  (body) => body.stop_reason,
  (body) => objectAt(body, 'delta')?.stop_reason,
  (body) => objectAt(body, 'messageStop')?.stopReason,
  (body) => objectAt(body, 'incomplete_details')?.reason,
  (body) => body.finish_reason,
  (body) => body.completionReason,
  (body) => objectAt({ value: first(body.choices) }, 'value')?.finish_reason,
  (body) => objectAt({ value: first(body.choices) }, 'value')?.stop_reason,
  (body) => objectAt({ value: first(body.outputs) }, 'value')?.stop_reason,
  (body) => objectAt({ value: first(body.results) }, 'value')?.completionReason,
  (body) => objectAt({ value: first(body.generations) }, 'value')?.finish_reason,
];

const CONFIGURATIONS = ['inferenceConfig', 'textGenerationConfig'];
const MAX_TOKENS = [
  'maxTokens',
  'max_tokens',
  'max_new_tokens',
  'max_completion_tokens',
  'max_output_tokens',
  'maxTokenCount',
  'max_gen_len',
];

/** Everything but token counts that is read from the bodies. A body of an unknown shape yields nothing, never an error. */
export function bodyFacts(input: unknown, output: unknown): BodyFacts | undefined {
  const request = isObject(input) ? input : undefined;
  const chunks = (Array.isArray(output) ? output : [output]).filter(isObject);
  if (!request && chunks.length === 0) {
    return undefined;
  }
  const metrics = lastOf(chunks, (chunk) => objectAt(chunk, 'amazon-bedrock-invocationMetrics'));
  const stopReason = lastOf(chunks, stopReasonOf);
  const configuration = CONFIGURATIONS.map((name) => objectAt(request, name)).find(isObject) ?? request;
  return {
    stopReason,
    latencyMs: lastOf(chunks, (chunk) => positive(objectAt(chunk, 'metrics')?.latencyMs)) ?? positive(metrics?.invocationLatency),
    firstByteMs: positive(metrics?.firstByteLatency),
    maxTokens: MAX_TOKENS.map((name) => positive(configuration?.[name])).find((value) => value !== undefined),
    temperature: readNumber(configuration?.temperature),
    guardrail: lastOf(chunks, (chunk) => readName(chunk['amazon-bedrock-guardrailAction'])) ?? intervened(stopReason),
    serviceTier: lastOf(chunks, (chunk) => readName(objectAt(chunk, 'serviceTier')?.type)),
    spec: specOf(objectAt(request, 'imageGenerationConfig')),
  };
}

const intervened = (stopReason: string | undefined) => (stopReason === 'guardrail_intervened' ? 'INTERVENED' : undefined);

const positive = (value: unknown): number | undefined => {
  const number = readNumber(value);
  return number !== undefined && number >= 0 ? number : undefined;
};

function stopReasonOf(body: Json): string | undefined {
  for (const read of STOP_REASONS) {
    const reason = readName(read(body));
    if (reason !== undefined) {
      return reason;
    }
  }
  return undefined;
}

function lastOf<T>(chunks: readonly Json[], read: (chunk: Json) => T | undefined): T | undefined {
  for (let i = chunks.length - 1; i >= 0; i--) {
    const value = read(chunks[i]!);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}

function specOf(images: Json | undefined): Record<string, string> | undefined {
  const [width, height, quality] = [positive(images?.width), positive(images?.height), readName(images?.quality)];
  const size = width !== undefined && height !== undefined ? { size: `${width}x${height}` } : undefined;
  return size || quality ? { ...size, ...(quality && { quality }) } : undefined;
}

import { readObject, type Json } from '../engine/records/json';
import { requestIdIn, streamIn } from './sdk-command';

const TEXT_MEMBERS: ReadonlySet<string> = new Set(['messages', 'system', 'prompt', 'content', 'toolConfig', 'tools', 'inputText', 'texts']);
const MAX_TEXT = 2048;
const MAX_MEMBERS = 64;

/**
 * A request and its response as the record that Bedrock would log, so that a call is read and rated by the engine as the meter
 * does it. Texts are left out: they have no counts and would cost time.
 *
 * @param chunks the response body, or what its stream told
 */
export function recordOf(input: Json, requestBody: Json, response: Json, chunks: readonly unknown[], region: string | undefined): string {
  const isStream = streamIn(response) !== undefined;
  const { inferenceConfig, serviceTier, performanceConfig } = input;
  const record = {
    schemaType: 'ModelInvocationLog',
    timestamp: new Date().toISOString(),
    requestId: requestIdIn(response),
    region: region ?? 'unknown',
    modelId: input.modelId,
    operation: `${'body' in input ? 'InvokeModel' : 'Converse'}${isStream ? 'Stream' : ''}`,
    input: { inputBodyJson: 'body' in input ? requestBody : { inferenceConfig, serviceTier, performanceConfig } },
    output: {
      outputBodyJson: isStream
        ? [...chunks, ...served(input, response)]
        : (Object.assign({}, chunks[0], ...served(input, response)) as Json),
    },
  };
  return JSON.stringify(record, withoutTexts);
}

/** With InvokeModel the tier and the latency mode are beside the body. */
function served(input: Json, { serviceTier, performanceConfigLatency }: Json): Json[] {
  if (!('body' in input)) return [];
  return [
    ...(typeof serviceTier === 'string' ? [{ serviceTier: { type: serviceTier } }] : []),
    ...(performanceConfigLatency === undefined ? [] : [{ performanceConfig: { latency: performanceConfigLatency } }]),
  ];
}

function withoutTexts(name: string, value: unknown): unknown {
  if (TEXT_MEMBERS.has(name)) return undefined;
  if (typeof value === 'string') return value.slice(0, MAX_TEXT);
  if (Array.isArray(value)) return value.slice(0, MAX_MEMBERS);
  return readObject(value) && streamIn({ body: value }) ? undefined : value;
}

import { readId, readModel } from '../engine/agents/readers';
import type { SpanTokens } from '../engine/agents/span';
import { readObject, valueAt, type Json } from '../engine/records/json';
import { parseRecord } from '../engine/records/parse-record';
import type { Call } from '../engine/records/call';
import { ContentAttributes } from '../engine/telemetry/span-attributes';
import { Contents, message } from './content';
import { answerIn, inputMessages, messageOf } from './messages';
import type { TraceOptions } from './options';
import type { Pricing } from './pricing';
import { promptHashOf } from './prompt-hash';
import type { RecordedRequest, Recorder } from './request-span';
import { recordOf } from './response-record';
import { requestIdIn, streamIn } from './sdk-command';
import { attributesOf, type SpanFacts } from './span-facts';

/** Chunks of InvokeModel streams that can hold counts or the reason why the answer ended: few, and not those with text. */
const TELLING = /usage|stop_?[rR]eason|finish_?[rR]eason|completionReason|[tT]okenCount|token_count|amazon-bedrock/;

/** A chunk that is longer holds an answer. */
const MAX_CHUNK = 16_384;

/** Converse, ConverseStream, InvokeModel and its stream as a `chat` span. */
export class ModelRecorder implements Recorder {
  public readonly name: string;
  public readonly facts: SpanFacts;
  private readonly requestBody: Json;
  private readonly isInvokeModel: boolean;
  private readonly contents: Contents;
  private readonly chunks: unknown[] = [];
  private readonly answer: string[] = [];
  private response: Json = {};

  constructor(
    private readonly input: Json,
    private readonly options: TraceOptions,
    private readonly pricing: Pricing,
  ) {
    this.isInvokeModel = 'body' in input;
    this.requestBody = this.isInvokeModel ? (jsonIn(input.body) ?? {}) : input;
    const model = readModel(input.modelId) ?? 'unknown';
    const operation = /embed/.test(model) ? 'embeddings' : 'chat';
    this.name = `${operation} ${model}`;
    this.facts = {
      ...{ role: 'model', operation, model, sessionId: options.sessionId, region: options.region },
      guardrailId: readId(input.guardrailIdentifier ?? readObject(input.guardrailConfig)?.guardrailIdentifier),
      promptHash: promptHashOf(this.requestBody, options),
    };
    this.contents = new Contents(options);
    this.contents.add('input', ContentAttributes.INPUT, () => inputMessages(this.requestBody));
  }

  public respond(response: unknown): void {
    this.response = readObject(response) ?? {};
    if (streamIn(response)) return;
    const body = this.isInvokeModel ? jsonIn(this.response.body) : this.response;
    this.chunks.push(body);
    const answer = readObject(valueAt(body, 'output.message'));
    this.contents.add('output', ContentAttributes.OUTPUT, () => (answer ? [messageOf(answer)] : message('assistant', answerIn(body))));
  }

  public see(event: unknown): void {
    const found = this.isInvokeModel ? this.chunkOf(event) : event;
    if (found === undefined) return;
    if (this.contents.wants('output')) this.answer.push(answerIn(found) ?? '');
    const isText = !this.isInvokeModel && readObject(found)?.contentBlockDelta !== undefined;
    if (!isText) this.chunks.push(found);
  }

  public async finish({ span, ending, firstChunkSeconds }: RecordedRequest): Promise<void> {
    if (this.answer.length > 0) this.contents.add('output', ContentAttributes.OUTPUT, () => message('assistant', this.answer.join('')));
    const region = this.options.region ?? (await this.pricing.region);
    const requestId = requestIdIn(this.response) ?? (ending.kind === 'failed' ? requestIdIn(ending.error) : undefined);
    const call = this.call(region);
    const priced = call && (await this.pricing.ofCall(call));
    span.setAttributes({
      ...attributesOf(
        {
          ...{ ...this.facts, ...factsOf(call), requestId, region, firstChunkSeconds, topP: this.topP() },
          ...(priced?.tokens && { tokens: priced.tokens, inputHoldsCached: false }),
          usd: priced?.usd,
        },
        this.options,
      ),
      ...this.contents.attributes,
    });
  }

  /** The chunk of an InvokeModel stream, if it can tell something besides text, or text was asked for. */
  private chunkOf(event: unknown): unknown {
    const bytes = readObject(readObject(event)?.chunk)?.bytes;
    if (!(bytes instanceof Uint8Array)) return undefined;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
    const isTelling = text.length <= MAX_CHUNK && TELLING.test(text);
    return isTelling || this.contents.wants('output') ? parse(text) : undefined;
  }

  private topP(): number | undefined {
    const value = valueAt(this.requestBody, 'inferenceConfig.topP') ?? this.requestBody.top_p;
    return typeof value === 'number' ? value : undefined;
  }

  private call(region: string | undefined): Call | undefined {
    const record = recordOf(this.input, this.requestBody, this.response, this.chunks, region);
    const call = parseRecord(record);
    return call.kind === 'call' ? call : undefined;
  }
}

function factsOf(call: Call | undefined): Partial<SpanFacts> {
  if (!call) return {};
  const { facts, usage, inputHoldsCached, tier, invokedModel } = call;
  return {
    maxTokens: facts?.maxTokens,
    temperature: facts?.temperature,
    finishReasons: facts?.stopReason === undefined ? [] : [facts.stopReason],
    responseModel: invokedModel,
    guardrailAction: facts?.guardrail,
    tier: tier === 'standard' ? undefined : tier,
    inputHoldsCached,
    tokens: usage && tokensOf(usage),
  };
}

function tokensOf({ input, output, cacheRead, cacheWrite5m, cacheWrite1h, cacheWrite }: NonNullable<Call['usage']>): SpanTokens {
  return { input, output, cacheRead, cacheWrite: cacheWrite5m + cacheWrite1h + cacheWrite };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A body of InvokeModel: text, bytes, or a buffer. */
function jsonIn(body: unknown): Json | undefined {
  const text =
    typeof body === 'string' ? body : ArrayBuffer.isView(body) ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString() : '';
  return readObject(parse(text));
}

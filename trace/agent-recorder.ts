import { type Context, type Span as OtelSpan, SpanKind } from '@opentelemetry/api';
import { InvokeAgentEvents } from '../engine/agents/invoke-agent-events';
import type { Span } from '../engine/agents/span';
import { readId, readModel } from '../engine/agents/readers';
import { readObject, type Json } from '../engine/records/json';
import { ContentAttributes } from '../engine/telemetry/span-attributes';
import { readStep } from './agent-steps';
import { Contents, message } from './content';
import { below } from './otel';
import type { TraceOptions } from './options';
import { promptHashOf } from './prompt-hash';
import type { Pricing } from './pricing';
import { fail, hrTime, type RecordedRequest, type Recorder } from './request-span';
import { requestIdIn } from './sdk-command';
import { attributesOf, type SpanFacts } from './span-facts';

/** What the steps of a response say about one span, and the texts that were asked for. */
interface Details {
  readonly contents: Contents;
  facts: Partial<SpanFacts>;
}

/** The events of InvokeAgent and InvokeInlineAgent as spans. */
export class AgentRecorder implements Recorder {
  public readonly name: string;
  public readonly facts: SpanFacts;
  private readonly details = new Map<string, Details>();
  private readonly events = new InvokeAgentEvents((spanId, step) => this.addStep(spanId, step));
  private readonly contents: Contents;
  private readonly answer: string[] = [];
  private readonly decoder = new TextDecoder();
  private requestId?: string;
  private sessionId?: string;

  constructor(
    input: Json,
    private readonly options: TraceOptions,
    private readonly pricing: Pricing,
  ) {
    this.contents = new Contents(options);
    const agentId = readId(input.agentId);
    const agentName = readId(input.agentName);
    this.sessionId = options.sessionId ?? readId(input.sessionId);
    this.name = `invoke_agent ${agentId ?? agentName ?? 'INLINE_AGENT'}`;
    this.facts = {
      ...{ role: 'agent', operation: 'invoke_agent', agentId, agentName, sessionId: this.sessionId, region: options.region },
      guardrailId: readId(readObject(input.guardrailConfiguration)?.guardrailIdentifier),
      promptHash: promptHashOf(input, options),
    };
    this.contents.add('input', ContentAttributes.INPUT, () => message('user', input.inputText));
  }

  public respond(response: unknown): void {
    this.requestId = requestIdIn(response);
    this.sessionId ??= readId(readObject(response)?.sessionId);
  }

  public see(event: unknown): void {
    this.events.add(event);
    const bytes = this.contents.wants('output') ? readObject(readObject(event)?.chunk)?.bytes : undefined;
    if (bytes instanceof Uint8Array) this.answer.push(this.decoder.decode(bytes, { stream: true }));
  }

  public async finish(request: RecordedRequest): Promise<void> {
    const spans = this.events.found.map((span) => this.withModel(span));
    const [agent, ...steps] = spans;
    const region = this.options.region ?? agent?.region ?? (await this.pricing.region);
    this.finishAgent(request.span, agent, region);
    const usd = await this.pricing.ofSpans(spans, region);
    const contexts = new Map<string | undefined, Context>();
    for (const step of steps) {
      const context = contexts.get(step.parentSpanId) ?? request.context;
      const span = request.tracer.startSpan(step.name, { kind: kindOf(step), startTime: hrTime(step.start) }, context);
      contexts.set(step.spanId, below(context, span));
      span.setAttributes(attributesOf(this.factsOf(step, usd.get(step.spanId)), this.options));
      span.setAttributes(this.details.get(step.spanId)?.contents.attributes ?? {});
      if (step.failed) fail(span, step.errorType ?? '_OTHER');
      span.end(hrTime(step.end));
    }
  }

  /** The span of the request is that of the agent which was invoked. */
  private finishAgent(span: OtelSpan, agent: Span | undefined, region: string | undefined): void {
    const { requestId, sessionId } = this;
    if (agent?.failed) fail(span, agent.errorType ?? '_OTHER');
    if (this.answer.length > 0) this.contents.add('output', ContentAttributes.OUTPUT, () => message('assistant', this.answer.join('')));
    span.setAttributes({ ...attributesOf({ ...this.facts, requestId, sessionId, region }, this.options), ...this.contents.attributes });
  }

  private addStep(spanId: string, step: Json): void {
    const details = this.details.get(spanId) ?? { contents: new Contents(this.options), facts: {} };
    const facts = readStep(step, details.contents);
    this.details.set(spanId, { ...details, facts: { ...details.facts, ...facts } });
  }

  private factsOf(span: Span, usd: number | undefined): SpanFacts {
    const { role, operation, tokens, inputForm, requestId, region, model, tool, agent } = span;
    const { sessionId } = this;
    const details = this.details.get(span.spanId)?.facts;
    return {
      ...{ role, operation, tokens, requestId, region, tool, sessionId, usd, model: role === 'model' ? model : undefined },
      inputHoldsCached: inputForm === 'unknown',
      agentId: role === 'agent' && details?.agentId === undefined ? agent : undefined,
      errorType: span.errorType,
      ...details,
    };
  }

  /** Answers of a knowledge base do not name their model. */
  private withModel(span: Span): Span {
    const model = readModel(this.options.model);
    return span.role === 'model' && span.model === undefined && model !== undefined ? { ...span, model, name: `chat ${model}` } : span;
  }
}

/** Tools and guardrails run within the service; all else is a request to another. */
const kindOf = ({ role }: Span): SpanKind => (role === 'tool' || role === 'other' ? SpanKind.INTERNAL : SpanKind.CLIENT);

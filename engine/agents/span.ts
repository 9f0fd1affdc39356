/** What a span describes. Only `model` spans are calls of a model; a `step` is a workflow, chain, task or cycle of an agent. */
export type SpanRole = 'model' | 'agent' | 'tool' | 'retrieval' | 'step' | 'other';

/** Tokens as a span writes them, without zeros: a count of 0 is absent. */
export interface SpanTokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** Whether `input` of a span holds the cached tokens too. */
export type InputForm = 'includesCache' | 'excludesCache' | 'unknown';

/** Who answers the calls of a span: Bedrock, another provider by its name, or not known. */
export type Provider = typeof BEDROCK | 'unknown' | (string & {});

/** The value of `gen_ai.provider.name` for Bedrock in the GenAI conventions of OpenTelemetry. */
export const BEDROCK = 'aws.bedrock';

/**
 * One span, whatever form it arrived in. It holds no text of prompts, answers, tool arguments or results: what is not named
 * here was never read.
 */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  /** In milliseconds since 1970, with fractions. */
  readonly start: number;
  readonly end: number;
  /** The instrumentation library. */
  readonly scope: string;
  /** `service.name` of the resource. */
  readonly service?: string;
  readonly role: SpanRole;
  /** As the GenAI conventions call it where it is known: chat, invoke_agent, execute_tool … */
  readonly operation?: string;
  /** Put together from operation, model, tool and agent, or a name that cannot be a sentence. */
  readonly name: string;
  readonly agent?: string;
  readonly sessionId?: string;
  readonly tool?: string;
  /** A hash of what the tool was given. Never shown. */
  readonly toolInput?: string;
  readonly model?: string;
  readonly provider: Provider;
  readonly region?: string;
  readonly requestId?: string;
  readonly tokens?: SpanTokens;
  readonly inputForm: InputForm;
  readonly firstTokenMs?: number;
  readonly failed: boolean;
  readonly errorType?: string;
}

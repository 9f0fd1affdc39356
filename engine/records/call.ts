import type { Source } from '../ledger/members';
import type { Tier, Usage } from '../pricing/types';
import type { EmbeddedPart } from './dialect';
import type { Json } from './json';

/** What only logged bodies say. Every member is absent where bodies are not logged, masked or kept in a bucket. */
export interface BodyFacts {
  readonly stopReason?: string;
  readonly latencyMs?: number;
  readonly firstByteMs?: number;
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly guardrail?: string;
  /** Image size and quality, for models that are priced by them. */
  readonly spec?: Readonly<Record<string, string>>;
}

/** One model call, as its invocation log record describes it. */
export interface Call {
  readonly kind: 'call';
  readonly requestId?: string;
  /** The id of the log event that held the record, where there is no request id: it is the same in each delivery. */
  readonly eventId?: string;
  /** What the call is made of, where no invocation record describes it. */
  readonly source?: Source;
  /** Event time in milliseconds. */
  readonly time: number;
  readonly accountId?: string;
  /** The Region that was called. */
  readonly region: string;
  /** The Region that answered, of cross-Region calls. */
  readonly inferenceRegion?: string;
  /** As the caller passed it: bare id, profile id or ARN. */
  readonly modelId: string;
  readonly operation?: string;
  /** `identity.arn`, session name included. May be masked by a data protection policy. */
  readonly caller?: string;
  readonly errorCode?: string;
  /** Absent where the record does not say what was consumed. */
  readonly usage?: Usage;
  /** The record counts no output tokens: all is known only if the model has none, as of embeddings. */
  readonly lacksOutput?: boolean;
  /** What the request embeds and is no text, if the call is one of the model that the part names. */
  readonly embedded?: EmbeddedPart;
  /** Whether `usage.input` holds the cached tokens too. Absent where the record leaves it open. */
  readonly inputHoldsCached?: boolean;
  /** What the guardrail's trace says was billed, by the kind of the catalogue. */
  readonly guardrailUnits?: Readonly<Record<string, number>>;
  /** The tier that served the call, or standard where the record does not say. */
  readonly tier: Tier;
  /** The tier that only the request names: it may have served the call, or another may have. */
  readonly requestedTier?: Tier;
  /** The model that a prompt router invoked, as the trace names it. */
  readonly invokedModel?: string;
  readonly metadata?: Json;
  readonly facts?: BodyFacts;
  /** What makes the call less than certain, for example `timeOfReceipt`. */
  readonly flags: readonly string[];
  /** The request body, of which a keyed hash may be logged, and nothing else. */
  readonly inputBody?: unknown;
}

/** A record that is not of a call (`ignored`) or cannot be read (`malformed`). Reasons never quote the record. */
export interface UnusableRecord {
  readonly kind: 'ignored' | 'malformed';
  readonly reason: string;
  readonly requestId?: string;
  readonly time?: number;
}

/** Thrown and caught inside the parser. */
export class MalformedRecord extends Error {}

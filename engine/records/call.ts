import type { Tier, Usage } from '../pricing/types';
import type { Json } from './json';

/** What only the logged bodies tell. Every member is absent when bodies are off, masked or off-loaded. */
export interface BodyFacts {
  readonly stopReason?: string;
  readonly latencyMs?: number;
  readonly firstByteMs?: number;
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly guardrail?: string;
  /** As the API spells it: default, priority, flex or reserved. */
  readonly serviceTier?: string;
  /** Image size and quality, for models that are priced by them. */
  readonly spec?: Readonly<Record<string, string>>;
}

/** One model call, as its invocation log record tells it. */
export interface Call {
  readonly kind: 'call';
  readonly requestId?: string;
  /** Event time in milliseconds. */
  readonly time: number;
  readonly accountId?: string;
  readonly region: string;
  readonly inferenceRegion?: string;
  /** As the caller passed it. */
  readonly modelId: string;
  readonly operation?: string;
  /** `identity.arn`, session name included. May be masked by a data protection policy. */
  readonly caller?: string;
  readonly errorCode?: string;
  /** Absent when the record does not tell what was consumed. */
  readonly usage?: Usage;
  readonly tier: Tier;
  readonly metadata?: Json;
  readonly facts?: BodyFacts;
  readonly flags: readonly string[];
  /** The request body, for a keyed hash of the prompt; never to be logged. */
  readonly inputBody?: unknown;
}

/** A record that is not a call, or cannot be read as one. Reasons never quote the record. */
export interface UnusableRecord {
  readonly kind: 'ignored' | 'malformed';
  readonly reason: string;
  readonly requestId?: string;
  readonly time?: number;
}

/** Thrown inside the parser, never out of it. */
export class MalformedRecord extends Error {}

import type { Json } from './json';

/** Where a value is in a body: names of members, or places in a list, with dots between them. */
export type BodyPath = string;

/** Where a token count is: a path, or a function for counts that must be added up. Of several, the first with a count. */
export type CountSource = BodyPath | ((body: Json) => number | undefined);
type CountSources = CountSource | readonly CountSource[];

export interface UsagePaths {
  /** The counts are read from a body that has one of these members. */
  readonly when: readonly BodyPath[];
  readonly input: CountSources;
  readonly output: CountSources;
  /** Whether cached tokens are counted as input too. Absent where AWS and the model's maker say different things. */
  readonly inputHoldsCached?: boolean;
  /** Input tokens read from the prompt cache. */
  readonly cacheRead?: CountSources;
  /** Input tokens written to the prompt cache. */
  readonly cacheWrite?: CountSources;
  /** The written tokens that live for 5 minutes, and those that live for an hour. */
  readonly cacheWrite5m?: CountSources;
  readonly cacheWrite1h?: CountSources;
}

/** What is read from a response body, or from each chunk of a streamed one. */
interface ResponsePaths {
  readonly usage?: UsagePaths;
  /** The member of a chunk that holds a body with the usage. Where it is absent, the chunk itself is read. */
  readonly chunkMember?: string;
  readonly stopReason?: readonly BodyPath[];
  readonly latencyMs?: BodyPath;
  readonly firstByteMs?: BodyPath;
  readonly guardrailAction?: BodyPath;
  /** The trace with what a guardrail billed. */
  readonly guardrailTrace?: readonly BodyPath[];
  /** The service tier that served the call. */
  readonly servedTier?: readonly BodyPath[];
  /** The model that a prompt router invoked. */
  readonly invokedModel?: readonly BodyPath[];
  /** `optimized` where the call was billed as latency-optimized. */
  readonly latencyMode?: readonly BodyPath[];
  /** The list of images that were made. */
  readonly images?: BodyPath;
}

/** What is read from a request body. */
interface RequestPaths {
  readonly maxTokens?: readonly BodyPath[];
  readonly temperature?: BodyPath;
  /** The service tier that was asked for. */
  readonly requestedTier?: BodyPath;
  /** `optimized` where a latency-optimized answer was asked for. */
  readonly requestedLatencyMode?: BodyPath;
  readonly image?: ImagePaths;
  /** What is to be embedded and is no text. */
  readonly embedded?: readonly EmbeddedPart[];
}

/** Where the size and the quality of an image are that is to be made, and what the API takes where the request has none. */
interface ImagePaths {
  readonly width: BodyPath;
  readonly height: BodyPath;
  readonly quality: BodyPath;
  readonly defaults: {
    readonly quality: string;
    readonly sidePixels: number;
    readonly task: BodyPath;
    /** Tasks that make an image of the size that is asked for, and those whose image has the size of one in the request. */
    readonly sizedTasks: readonly string[];
    readonly editingTasks: readonly string[];
  };
}

/** A part of a request to an embedding model that is billed by another unit than tokens. */
export interface EmbeddedPart {
  /** The beginning of the ids of the models that bill it. Any caller can write such a part to another model. */
  readonly model: string;
  readonly path: BodyPath;
  /** The unit that is billed, of which the part is one; `perSecond` where the envelope counts its seconds. */
  readonly bills: 'image' | 'documentImage' | 'perSecond';
  /** Further values that the body must have for this row. The first row that fits a path counts. */
  readonly where?: { readonly path: BodyPath; readonly is: string };
  /** Whether the tokens that the record counts are not billed besides. */
  readonly insteadOfTokens: boolean;
}

export interface Dialect {
  readonly response?: ResponsePaths;
  readonly request?: RequestPaths;
}

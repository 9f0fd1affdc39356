/** One log event of a subscription. */
export interface LogEvent {
  /** The same in each delivery of the event. */
  readonly id?: string;
  /** When CloudWatch Logs received it, in milliseconds. */
  readonly timestamp?: number;
  readonly message: string;
}

/** The models behind application inference profiles, as far as they are known. */
export interface ResolvedProfiles {
  /** Whether the last answer about a profile is recent enough to be used without asking again. */
  isFresh(arn: string, now: number): boolean;
  /** Asks for every profile that is not fresh. Never rejects: a profile that cannot be resolved stays unknown. */
  resolve(arns: Iterable<string>, now: number): Promise<void>;
}

/** Hashes the prompt in a request body; undefined where there is none. */
export type PromptHash = (inputBody: unknown) => string | undefined;

/** Makes the hash ready; undefined while its key cannot be read. Never rejects. */
export interface PromptHashing {
  get(now: number): Promise<PromptHash | undefined>;
}

/** A client of the AWS SDK for JavaScript v3. */
export interface TracedClient {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the overloads of each client differ
  send(command: any, options?: any): any;
}

/** A command of the AWS SDK for JavaScript v3, whose output the traced call has. */
export interface TracedCommand<Output> {
  readonly input: object;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the only member that names the type of the output
  resolveMiddleware(stack: any, configuration: any, options: any): (args: any) => Promise<{ output: Output }>;
}

/** Which texts spans hold. None unless it is asked for. */
export interface TracedContent {
  /** Prompts: what the user and the application wrote. */
  readonly input?: boolean;
  /** Answers of models and agents. */
  readonly output?: boolean;
  /** Arguments and results of tools. */
  readonly tools?: boolean;
  /** What was looked up in a knowledge base, and what was found. */
  readonly retrieval?: boolean;
}

export interface TraceOptions {
  /**
   * Where spans go.
   *
   * @default - the provider that is registered globally, by whatever version of `@opentelemetry/api`
   */
  readonly tracerProvider?: { getTracer(name: string, version?: string): unknown };
  /** Whether each model call gets `llm.cost.usd`, from the prices of this package. They are loaded with the first call. @default true */
  readonly price?: boolean;
  /** The Region whose prices count. @default - that of the client */
  readonly region?: string;
  /** The model behind the agent's alias, for answers that do not name it. */
  readonly model?: string;
  /** Groups the calls of a conversation. @default - the session of the agent */
  readonly sessionId?: string;
  /** Which texts spans hold. @default - none */
  readonly content?: TracedContent;
  /** Longer texts are cut. @default 16000 characters */
  readonly maxContentLength?: number;
  /** Writes a hash of the prompt, keyed with this, as the ledger does with the same key. @default - no hash */
  readonly promptHashKey?: string;
  /** The generation of attribute names: v1.41.1 of the GenAI conventions, or v0.1.0 of their own repository. @default v1.41 */
  readonly conventions?: 'v1.41' | 'next';
  /** Writes the names of OpenInference too, which Arize reads. @default false */
  readonly openInference?: boolean;
  /** Waits until spans are sent, at most two seconds, before the response ends. For functions that are frozen then. @default false */
  readonly flush?: boolean;
  /** A stream of which nothing was read for so long counts as left. @default 300000 ms */
  readonly abandonedAfterMs?: number;
  /** Handed to `client.send`, for example an abort signal. */
  readonly sendOptions?: object;
}

/** What `InvokeAgentRuntime` takes so that the spans of the runtime continue this trace. */
export interface TraceContext {
  readonly traceParent?: string;
  readonly traceState?: string;
  readonly baggage?: string;
}

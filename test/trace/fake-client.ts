/** A command and a client in the form of the AWS SDK for JavaScript. */
export class Command<Output> {
  public readonly middlewareStack = {};

  constructor(public readonly input: object) {}

  public resolveMiddleware(): () => Promise<{ output: Output }> {
    throw new Error('clients do this');
  }
}

export interface Response {
  readonly $metadata: { readonly requestId?: string };
  completion?: AsyncIterable<Record<string, unknown>>;
  stream?: AsyncIterable<Record<string, unknown>>;
  body?: Uint8Array | AsyncIterable<Record<string, unknown>>;
  [member: string]: unknown;
}

/** Answers each command with a response, or fails with an error. */
export class Client {
  public readonly sent: Array<Command<Response>> = [];
  public readonly config = { region: () => Promise.resolve('us-east-1') };

  constructor(private readonly answer: Response | Error | (() => Response | Promise<Response>)) {}

  public async send(command: Command<Response>): Promise<Response> {
    this.sent.push(command);
    await Promise.resolve();
    if (this.answer instanceof Error) throw this.answer;
    return typeof this.answer === 'function' ? this.answer() : this.answer;
  }
}

export const command = (input: object): Command<Response> => new Command<Response>(input);

export const REQUEST_ID = '3f2b1c9e-0d4a-4a53-9a5e-7c1d2e3f4a5b';

/** A stream that yields what it is given and can be closed. */
export async function* streamOf<T>(events: readonly T[], error?: Error): AsyncGenerator<T> {
  for (const event of events) {
    await Promise.resolve();
    yield event;
  }
  if (error) throw error;
}

export async function readAll<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const events: T[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

import { readObject, readText, type Json } from '../engine/records/json';

/** The operations of agents that are traced. Told apart by their input: bundlers rename the classes of commands. */
export type AgentOperation = 'InvokeAgent' | 'InvokeInlineAgent' | 'RetrieveAndGenerate' | 'Retrieve';

export function agentOperation(input: Json): AgentOperation {
  if ('retrieveAndGenerateConfiguration' in input) return 'RetrieveAndGenerate';
  if ('retrievalQuery' in input) return 'Retrieve';
  return 'agentId' in input ? 'InvokeAgent' : 'InvokeInlineAgent';
}

/** Whether the response tells its steps, if it is asked to. */
export const hasSteps = (operation: AgentOperation): boolean => operation === 'InvokeAgent' || operation === 'InvokeInlineAgent';

/** The same command, with its middleware, that asks for trace events. The one of the application stays as it is. */
export function withTraceEvents<Command extends { readonly input: object }>(command: Command): Command {
  const copy = Object.assign(Object.create(Object.getPrototypeOf(command) as object) as Command, command);
  return Object.assign(copy, { input: { ...command.input, enableTrace: true } });
}

/** The Region that the client calls; undefined where it cannot tell. */
export async function regionOf(client: unknown): Promise<string | undefined> {
  const region = readObject(readObject(client)?.config)?.region;
  try {
    return readText(typeof region === 'function' ? await (region as () => unknown)() : region);
  } catch {
    return undefined;
  }
}

export const requestIdIn = (response: unknown): string | undefined => readText(readObject(readObject(response)?.$metadata)?.requestId);

/** The first member of a response that is a stream of events. */
export function streamIn(response: unknown): { readonly member: string; readonly stream: AsyncIterable<unknown> } | undefined {
  for (const member of ['completion', 'stream', 'body']) {
    const stream = readObject(response)?.[member];
    if (typeof stream === 'object' && stream !== null && Symbol.asyncIterator in stream) {
      return { member, stream: stream as AsyncIterable<unknown> };
    }
  }
  return undefined;
}

import { readObject } from '../engine/records/json';
import { AgentRecorder } from './agent-recorder';
import { ModelRecorder } from './model-recorder';
import type { TracedClient, TracedCommand, TraceOptions } from './options';
import { Pricing } from './pricing';
import { sendTraced } from './request-span';
import { RetrievalRecorder } from './retrieval-recorder';
import { agentOperation, hasSteps, regionOf, withTraceEvents } from './sdk-command';

export type { TraceContext, TracedClient, TracedCommand, TracedContent, TraceOptions } from './options';
export { traceContext } from './trace-context';

/**
 * Sends a command to a managed agent or a knowledge base and makes spans of what happened: `invoke_agent`, and below it each
 * model call with its tokens and cost, each tool, retrieval, guardrail and collaborator. Commands: InvokeAgent, InvokeInlineAgent,
 * RetrieveAndGenerate and its stream, and Retrieve.
 *
 * @returns the response of the client. Its stream yields the very same events; the spans end with it.
 */
export async function traceInvokeAgent<Output>(
  client: TracedClient,
  command: TracedCommand<Output>,
  options: TraceOptions = {},
): Promise<Output> {
  const input = readObject(command.input) ?? {};
  const operation = agentOperation(input);
  const pricing = new Pricing(hasSteps(operation) ? options : { ...options, price: false }, regionOf(client));
  const recorder = hasSteps(operation) ? new AgentRecorder(input, options, pricing) : new RetrievalRecorder(input, options, pricing);
  const asked = hasSteps(operation) ? withTraceEvents(command) : command;
  return (await sendTraced({ client, command: asked, plain: command, options }, recorder)) as Output;
}

/**
 * Sends a command to a model and makes a `chat` span of the call, with tokens, cached ones too, cost and finish reason, also
 * where they arrive at the end of a stream. Commands: Converse, ConverseStream, InvokeModel and InvokeModelWithResponseStream.
 *
 * @returns the response of the client. Its stream yields the very same events; the span ends with it.
 */
export async function traceConverse<Output>(
  client: TracedClient,
  command: TracedCommand<Output>,
  options: TraceOptions = {},
): Promise<Output> {
  const pricing = new Pricing(options, regionOf(client));
  const recorder = new ModelRecorder(readObject(command.input) ?? {}, options, pricing);
  return (await sendTraced({ client, command, plain: command, options }, recorder)) as Output;
}

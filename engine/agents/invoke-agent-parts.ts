import { readObject, type Json } from '../records/json';
import { readId, readTime, readWord } from './readers';

/** The kinds of steps that a trace event of InvokeAgent can be of: "Trace events in Amazon Bedrock" in the user guide. */
const STEPS = [
  'preProcessingTrace',
  'orchestrationTrace',
  'customOrchestrationTrace',
  'postProcessingTrace',
  'routingClassifierTrace',
  'guardrailTrace',
  'failureTrace',
] as const;
type Step = (typeof STEPS)[number];

/** One trace event, taken apart. */
export interface TracePart {
  readonly step: Step;
  readonly body: Json;
  /** The aliases from the agent that was invoked down to the one that the event is of. */
  readonly chain: readonly string[];
  readonly sessionId?: string;
  readonly time?: number;
}

/** Errors that a stream of InvokeAgent can end with. */
const EXCEPTION = /^(\w{1,64}Exception)$/;

/** Members of the stream that have no step. */
const OTHER_MEMBERS = ['chunk', 'returnControl', 'files'];

/** What one event of the stream is; undefined where the value is no event. */
export function streamEvent(value: Json): TracePart | { readonly exception: string } | 'other' | undefined {
  const part = readObject(value.trace);
  if (part) return tracePart(part) ?? (isTracePart(part) ? 'other' : undefined);
  const [name = '', ...others] = Object.keys(value);
  if (others.length > 0) return undefined;
  const exception = EXCEPTION.exec(name)?.[1];
  if (exception !== undefined) return { exception };
  return OTHER_MEMBERS.includes(name) ? 'other' : undefined;
}

const isTracePart = (part: Json): boolean => 'agentId' in part && readObject(part.trace) !== undefined;

function tracePart(part: Json): TracePart | undefined {
  const trace = readObject(part.trace);
  const step = STEPS.find((name) => readObject(trace?.[name]) !== undefined);
  if (!trace || !step) return undefined;
  const callers = Array.isArray(part.callerChain) ? part.callerChain : [];
  const chain = callers.flatMap((caller) => readId(readObject(caller)?.agentAliasArn) ?? []);
  return {
    step,
    body: readObject(trace[step])!,
    chain: chain.length > 0 ? chain : [readId(part.agentId) ?? 'agent'],
    sessionId: readId(part.sessionId),
    time: readTime(part.eventTime),
  };
}

/** When something began and ended, and its request id, as its output tells. */
export interface StepTimes {
  readonly start?: number;
  readonly end?: number;
  readonly requestId?: string;
}

export function timesOf(output: Json | undefined): StepTimes {
  const metadata = readObject(output?.metadata);
  return { start: readTime(metadata?.startTime), end: readTime(metadata?.endTime), requestId: readId(metadata?.clientRequestId) };
}

/** A tool that the agent asked for: the function or path of an action group, or the code interpreter. */
export function toolIn(input: Json): string | undefined {
  const group = readObject(input.actionGroupInvocationInput);
  if (group) {
    return readWord(group.function) ?? readWord(group.apiPath) ?? readWord(group.actionGroupName) ?? 'action_group';
  }
  return readObject(input.codeInterpreterInvocationInput) ? 'code_interpreter' : undefined;
}

import { context, trace } from '@opentelemetry/api';
import { traceInvokeAgent } from '../../trace';
import type { TraceOptions } from '../../trace';
import { Client, command, readAll, type Response, streamOf } from './fake-client';
import { AsyncContextManager, type EndedSpan, RecordingProvider } from './recording-provider';
import { type AgentResponse, type ExpectedSpan, sdkEvents } from './responses';

export let provider: RecordingProvider;

/** A provider of its own for each test. */
export function useProvider(): void {
  beforeEach(() => {
    provider = new RecordingProvider();
    trace.setGlobalTracerProvider(provider);
    context.setGlobalContextManager(new AsyncContextManager());
  });
  afterEach(() => {
    trace.disable();
    context.disable();
  });
}

export const agentClient = ({ requestId, events, operation }: AgentResponse): Client => {
  const member = operation === 'RetrieveAndGenerateStream' ? 'stream' : 'completion';
  return new Client(() => ({ $metadata: { requestId }, [member]: streamOf(sdkEvents(events)) }));
};

/** Sends the command of a recorded response and reads the answer. */
export async function replay(recorded: AgentResponse, options: TraceOptions = {}): Promise<Array<Record<string, unknown>>> {
  const { region, input } = recorded;
  const answer: Response = await traceInvokeAgent(agentClient(recorded), command(input), { region, ...options });
  return readAll(answer.completion ?? answer.stream!);
}

/** The spans in the form of the fixture, parents first. */
export function asExpected(ended: readonly EndedSpan[]): ExpectedSpan[] {
  const spans = [...ended].sort((one, other) => one.id.localeCompare(other.id));
  return spans.map(({ name, kind, parent, attributes, status, start, end }, index) => {
    const place = spans.findIndex(({ id }) => id === parent);
    return {
      name,
      ...(place >= 0 && { parent: place }),
      kind: kind === 2 ? 'CLIENT' : 'INTERNAL',
      ...(index > 0 && { start: Math.round(start), ms: Math.round(end - start) }),
      ...(status === 2 && { failed: true }),
      attributes: Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== 'gen_ai.response.time_to_first_chunk')),
    };
  });
}

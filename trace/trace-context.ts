import { type Baggage, propagation, trace } from '@opentelemetry/api';
import { activeContext } from './otel';
import type { TraceContext } from './options';

/**
 * The members of InvokeAgentRuntime that let the spans of the runtime continue the trace of the active span: W3C Trace Context and
 * Baggage, whichever propagators are registered. Empty without an active span.
 *
 * @param sessionId goes into the baggage as `session.id`, which ADOT writes on each span of the runtime
 */
export function traceContext(sessionId?: string): TraceContext {
  const context = activeContext();
  const span = trace.getSpanContext(context);
  const baggage = baggageText(propagation.getBaggage(context), sessionId);
  if (!span || /^0*$/.test(span.traceId)) return baggage === '' ? {} : { baggage };
  const flags = span.traceFlags.toString(16).padStart(2, '0');
  const state = span.traceState?.serialize() ?? '';
  return {
    traceParent: `00-${span.traceId}-${span.spanId}-${flags}`,
    ...(state !== '' && { traceState: state }),
    ...(baggage !== '' && { baggage }),
  };
}

function baggageText(baggage: Baggage | undefined, sessionId: string | undefined): string {
  const entries = new Map((baggage?.getAllEntries() ?? []).map(([name, { value }]) => [name, value]));
  if (sessionId !== undefined) entries.set('session.id', sessionId);
  return [...entries].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join(',');
}

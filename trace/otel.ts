import {
  type Context,
  type ContextManager,
  createContextKey,
  ROOT_CONTEXT,
  type Span,
  trace,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';
import { TRACE_SCOPE } from '../engine/telemetry/span-attributes';

/** What `@opentelemetry/api` registers, the same in every version 1.x. */
interface Registered {
  readonly trace?: TracerProvider;
  readonly context?: ContextManager;
}

/**
 * The global of `@opentelemetry/api`. The API would refuse, silently, what an older minor version than the bundled one registered;
 * its interfaces have not changed since 1.0, so the global is read as it is.
 */
const registered = (): Registered =>
  (globalThis as unknown as Readonly<Record<symbol, Registered | undefined>>)[Symbol.for('opentelemetry.js.api.1')] ?? {};

/** The key of `@opentelemetry/core`. Tracers of OpenTelemetry for JavaScript make no spans where it is set. */
const SUPPRESSED = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

export const activeContext = (): Context => registered().context?.active() ?? ROOT_CONTEXT;

/** Runs in a context; without a context manager just runs. */
export function runIn<Result>(context: Context, run: () => Result): Result {
  const manager = registered().context;
  return manager ? manager.with(context, run) : run();
}

export const below = (context: Context, span: Span): Context => trace.setSpan(context, span);

/** Where other instrumentations, those of ADOT too, make no spans for what this module makes one for. */
export const withoutOthers = (context: Context): Context => context.setValue(SUPPRESSED, true);

const providerOf = (given: unknown): TracerProvider | undefined => (given as TracerProvider | undefined) ?? registered().trace;

/** Undefined where no provider is registered. */
export const tracerOf = (given: unknown): Tracer | undefined => providerOf(given)?.getTracer(TRACE_SCOPE);

const FLUSH_MS = 2000;

interface Flushable {
  forceFlush?(): Promise<void>;
  getDelegate?(): Flushable;
}

/** Waits until spans are sent, but no longer than two seconds: a destination that is down must not hold up the application. */
export async function flushSpans(given: unknown): Promise<void> {
  const provider = providerOf(given) as Flushable | undefined;
  const flushing = provider?.getDelegate?.() ?? provider;
  if (!flushing?.forceFlush) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, FLUSH_MS);
  });
  await Promise.race([flushing.forceFlush().catch(() => undefined), late]);
  clearTimeout(timer);
}

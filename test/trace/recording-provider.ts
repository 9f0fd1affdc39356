import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  type Context,
  context,
  type ContextManager,
  createContextKey,
  type HrTime,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  type SpanOptions,
  trace,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';

const SUPPRESSED = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** A span that ended, as an exporter gets it. */
export interface EndedSpan {
  readonly name: string;
  readonly kind: number;
  readonly id: string;
  readonly parent?: string;
  readonly attributes: Attributes;
  readonly status?: number;
  readonly start: number;
  readonly end: number;
}

/** A provider in the place of the SDK's: keeps the spans that ended, and makes none where tracing is suppressed. */
export class RecordingProvider implements TracerProvider {
  public readonly ended: EndedSpan[] = [];
  public flushes = 0;
  public sampled = true;
  private count = 0;

  public getTracer(): Tracer {
    return {
      startSpan: (name, options, around) => this.start(name, options ?? {}, around ?? context.active()),
      startActiveSpan: () => {
        throw new Error('not used');
      },
    };
  }

  public forceFlush(): Promise<void> {
    this.flushes += 1;
    return Promise.resolve();
  }

  private start(name: string, options: SpanOptions, around: Context): Span {
    const parent = trace.getSpanContext(around);
    const spanContext: SpanContext = {
      traceId: parent?.traceId ?? '0af7651916cd43dd8448eb211c80319c',
      spanId: String((this.count += 1)).padStart(16, '0'),
      traceFlags: 1,
    };
    const isRecording = this.sampled && around.getValue(SUPPRESSED) !== true;
    const attributes: Attributes = { ...options.attributes };
    let [status, current, hasEnded] = [undefined as number | undefined, name, false];
    const span = {
      spanContext: () => spanContext,
      setAttribute: (key: string, value: never) => ((attributes[key] = value), span),
      setAttributes: (more: Attributes) => (Object.assign(attributes, more), span),
      setStatus: ({ code }: { code: number }) => ((status = code), span),
      updateName: (next: string) => ((current = next), span),
      isRecording: () => isRecording && !hasEnded,
      addEvent: () => span,
      addLink: () => span,
      addLinks: () => span,
      recordException: () => undefined,
      end: (time?: HrTime) => {
        if (hasEnded) throw new Error(`${current} ended twice`);
        hasEnded = true;
        if (!isRecording) return;
        const [start, end] = [msOf(options.startTime as HrTime), msOf(time)];
        this.ended.push({
          ...{ name: current, kind: options.kind ?? 0, id: spanContext.spanId, parent: parent?.spanId, attributes, status, start, end },
        });
      },
    };
    return span as unknown as Span;
  }
}

const msOf = (time: HrTime | undefined): number => (time ? time[0] * 1000 + time[1] / 1e6 : Date.now());

/** Keeps the context over `await`, as the context manager of the SDK does. */
export class AsyncContextManager implements ContextManager {
  private readonly storage = new AsyncLocalStorage<Context>();

  public active(): Context {
    return this.storage.getStore() ?? ROOT_CONTEXT;
  }

  public with<Args extends unknown[], Fn extends (...args: Args) => ReturnType<Fn>>(
    around: Context,
    fn: Fn,
    self?: ThisParameterType<Fn>,
    ...args: Args
  ): ReturnType<Fn> {
    return this.storage.run(around, () => fn.call(self as never, ...args));
  }

  public bind<Target>(_: Context, target: Target): Target {
    return target;
  }

  public enable(): this {
    return this;
  }

  public disable(): this {
    return this;
  }
}

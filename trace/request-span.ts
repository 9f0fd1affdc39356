import { type Context, diag, type HrTime, type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { readName } from '../engine/records/json';
import { SpanAttributes } from '../engine/telemetry/span-attributes';
import { activeContext, below, flushSpans, runIn, tracerOf, withoutOthers } from './otel';
import type { TraceOptions } from './options';
import { streamIn } from './sdk-command';
import { attributesOf, type SpanFacts } from './span-facts';
import { type Ending, watched, type Watcher } from './watched-stream';

/** Where the recorder of a request writes what it found. */
export interface RecordedRequest {
  readonly tracer: Tracer;
  readonly span: Span;
  /** Spans in this context are below the span of the request. */
  readonly context: Context;
  readonly ending: Ending;
  /** When the first event of the stream came, in seconds after the request. */
  readonly firstChunkSeconds?: number;
}

/** Reads a response. What it throws is logged and never reaches the application. */
export interface Recorder {
  readonly name: string;
  readonly facts: SpanFacts;
  /** Called before the events of its stream, if it has one. */
  respond?(response: unknown): void;
  see?(event: unknown): void;
  /** Writes attributes and spans. The span of the request ends after it, at the time when the response ended. */
  finish(request: RecordedRequest): Promise<void>;
}

interface Sending {
  readonly client: { send(command: unknown, options?: object): unknown };
  /** What is sent where the span is recorded, and what where it is not: nobody looks at trace events then. */
  readonly command: object;
  readonly plain: object;
  readonly options: TraceOptions;
}

const IDLE_MS = 300_000;

/** Sends a command within a span, which ends with the response or, where that is a stream, with the stream. */
export async function sendTraced(sending: Sending, recorder: Recorder): Promise<unknown> {
  const { client, options } = sending;
  const tracer = tracerOf(options.tracerProvider);
  const around = activeContext();
  const start = now();
  const span = tracer?.startSpan(
    recorder.name,
    { kind: SpanKind.CLIENT, startTime: hrTime(start), attributes: attributesOf(recorder.facts, options) },
    around,
  );
  if (!tracer || !span?.isRecording()) {
    if (!tracer) diag.warn('no tracer provider is registered: calls of Bedrock are not traced');
    const context = span ? below(around, span) : around;
    return runIn(context, () => client.send(sending.plain, options.sendOptions));
  }
  const context = below(around, span);
  const watcher = new RequestWatcher(recorder, { tracer, span, context }, options, start);
  let response: unknown;
  try {
    response = await runIn(withoutOthers(context), () => client.send(sending.command, options.sendOptions));
  } catch (error) {
    await watcher.end({ kind: 'failed', error });
    throw error;
  }
  watcher.respond(response);
  const found = streamIn(response);
  if (!found) await watcher.end({ kind: 'complete' });
  else {
    const stream = watched(found.stream, watcher, options.abandonedAfterMs ?? IDLE_MS);
    (response as Record<string, unknown>)[found.member] = stream;
  }
  return response;
}

class RequestWatcher implements Watcher {
  private firstEvent?: number;
  private lastEvent?: number;

  constructor(
    private readonly recorder: Recorder,
    private readonly request: Pick<RecordedRequest, 'tracer' | 'span' | 'context'>,
    private readonly options: TraceOptions,
    private readonly start: number,
  ) {}

  public respond(response: unknown): void {
    this.lastEvent = now();
    quietly(() => this.recorder.respond?.(response));
  }

  public see(event: unknown): void {
    this.lastEvent = now();
    this.firstEvent ??= this.lastEvent;
    quietly(() => this.recorder.see?.(event));
  }

  public async end(ending: Ending): Promise<void> {
    const { span } = this.request;
    const end = ending.kind === 'abandoned' ? (this.lastEvent ?? now()) : now();
    const firstChunkSeconds = this.firstEvent === undefined ? undefined : (this.firstEvent - this.start) / 1000;
    try {
      if (ending.kind === 'failed') fail(span, errorType(ending.error));
      if (ending.kind === 'abandoned') span.setAttribute(SpanAttributes.ABANDONED, true);
      await this.recorder.finish({ ...this.request, ending, firstChunkSeconds });
    } catch (error) {
      report(error);
    }
    quietly(() => span.end(hrTime(Math.max(end, this.start))));
    if (this.options.flush) await flushSpans(this.options.tracerProvider);
  }
}

/** The message of an error can quote the prompt: only its name is written. */
export function fail(span: Span, type: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute(SpanAttributes.ERROR_TYPE, type);
}

const errorType = (error: unknown): string => readName((error as Error | undefined)?.name) ?? '_OTHER';

function quietly(work: () => void): void {
  try {
    work();
  } catch (error) {
    report(error);
  }
}

const report = (error: unknown): void => diag.warn('a response of Bedrock could not be traced', error instanceof Error ? error.name : '');

/** Milliseconds since 1970, with a fraction. */
const now = (): number => performance.timeOrigin + performance.now();

export function hrTime(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}

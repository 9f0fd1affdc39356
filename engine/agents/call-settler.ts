import { countTraces, type CountedCall } from './counted';
import type { Span } from './span';

/** A call that is counted from now on, or one that was counted and is taken back. */
export interface CallChange {
  readonly kind: 'counted' | 'takenBack';
  readonly call: CountedCall;
}

export interface CallSettlerProps {
  /** How long nothing of a trace must have arrived until its calls without a request id count. */
  readonly quietMs: number;
  /** How long after its last span a trace is kept, for spans that come late. Longer than `quietMs`. */
  readonly keptMs: number;
}

interface OpenTrace {
  readonly spans: Span[];
  lastArrival: number;
}

interface Service {
  readonly traces: Map<string, OpenTrace>;
  /** What was counted, by the counted span. */
  readonly counted: Map<string, CountedCall>;
}

/**
 * Counts calls while spans arrive in any order and in batches cut anywhere. A call with a request id counts at once, the others
 * when their trace has been quiet; what turns out otherwise later is taken back. In the end the changes add up to what
 * `countTraces` makes of all spans.
 */
export class CallSettler {
  private readonly services = new Map<string, Service>();

  constructor(private readonly props: CallSettlerProps) {}

  /** @param now in milliseconds */
  public add(spans: readonly Span[], now: number): CallChange[] {
    const touched = new Set<Service>();
    for (const span of spans) {
      const service = this.serviceOf(span);
      const trace = service.traces.get(span.traceId);
      if (trace) {
        trace.spans.push(span);
        trace.lastArrival = now;
      } else {
        service.traces.set(span.traceId, { spans: [span], lastArrival: now });
      }
      touched.add(service);
    }
    return [...touched].flatMap((service) => this.recount(service, now));
  }

  /** Counts what has become quiet, and forgets what has been quiet for long. */
  public settle(now: number): CallChange[] {
    const changes = [...this.services.values()].flatMap((service) => this.recount(service, now));
    for (const [name, service] of this.services) {
      this.forget(service, now);
      if (service.traces.size === 0) this.services.delete(name);
    }
    return changes;
  }

  private serviceOf({ service = '' }: Span): Service {
    const known = this.services.get(service);
    if (known) return known;
    const created: Service = { traces: new Map(), counted: new Map() };
    this.services.set(service, created);
    return created;
  }

  /** All traces of a service at once, because one call can be in two of them. */
  private recount({ traces, counted }: Service, now: number): CallChange[] {
    const changes: CallChange[] = [];
    const calls = new Map<string, CountedCall>();
    for (const trace of countTraces([...traces.values()].flatMap(({ spans }) => spans))) {
      for (const call of trace.calls) calls.set(keyOf(call), call);
    }
    for (const [key, call] of counted) {
      const current = calls.get(key);
      if (current && isSame(call, current)) continue;
      changes.push({ kind: 'takenBack', call });
      counted.delete(key);
    }
    for (const [key, call] of calls) {
      if (counted.has(key) || !this.isSettled(call, traces, now)) continue;
      changes.push({ kind: 'counted', call });
      counted.set(key, call);
    }
    return changes;
  }

  private isSettled({ requestId, tokens, spans }: CountedCall, traces: Service['traces'], now: number): boolean {
    if (requestId !== undefined && tokens !== undefined) return true;
    return spans.every(({ traceId }) => now - traces.get(traceId)!.lastArrival >= this.props.quietMs);
  }

  private forget({ traces, counted }: Service, now: number): void {
    for (const [traceId, { lastArrival }] of traces) {
      if (now - lastArrival >= this.props.keptMs) traces.delete(traceId);
    }
    for (const [key, { span }] of counted) {
      if (!traces.has(span.traceId)) counted.delete(key);
    }
  }
}

const keyOf = ({ span }: CountedCall): string => `${span.traceId} ${span.spanId}`;

/** Whether two counts of one call say the same: the spans that say it can have become more. */
const isSame = (one: CountedCall, other: CountedCall): boolean => signatureOf(one) === signatureOf(other);

const signatureOf = ({ basis, tokens, maybeCachedInput, requestId, model, region, provider, failed, stopped }: CountedCall): string =>
  JSON.stringify([basis, tokens, maybeCachedInput, requestId, model, region, provider, failed, stopped]);

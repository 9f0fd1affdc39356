import { isObject, readObject, type Json } from '../records/json';
import { attributesOf } from './attributes';
import { describeSpan } from './describe-span';
import { readDuration, readSpanId, readTime, readWord } from './readers';
import { resourceOf } from './resource';
import type { Span } from './span';

/** What is around a span. */
export interface SpanContext {
  readonly scope?: unknown;
  readonly resource?: unknown;
}

/** Members under which one value is, in order of precedence. The names of several exporters. */
const MEMBERS = {
  traceId: ['traceId', 'trace_id'],
  spanId: ['spanId', 'span_id', 'id'],
  parent: ['parentSpanId', 'parent_span_id', 'parentId', 'parent_id'],
  start: ['startTimeUnixNano', 'start_time_unix_nano', 'startTime', 'start_time'],
  end: ['endTimeUnixNano', 'end_time_unix_nano', 'endTime', 'end_time'],
  duration: ['durationNano', 'duration_nano'],
  context: ['context', 'spanContext', 'span_context'],
  parentContext: ['parentSpanContext', 'parent'],
  scope: ['scope', 'instrumentationScope', 'instrumentation_scope', 'instrumentationLibrary'],
} as const;

/** Reads one span; undefined where the value is none: a span has ids and a beginning. Never throws. */
export function readSpan(raw: unknown, around: SpanContext = {}): Span | undefined {
  if (!isObject(raw)) return undefined;
  const ids = readObject(member(raw, MEMBERS.context)) ?? raw;
  const traceId = readSpanId(member(ids, MEMBERS.traceId));
  const spanId = readSpanId(member(ids, MEMBERS.spanId));
  const start = readTime(member(raw, MEMBERS.start));
  if (traceId === undefined || spanId === undefined || start === undefined) return undefined;

  const scope = scopeIn(member(raw, MEMBERS.scope) ?? around.scope);
  const resource = resourceOf(readObject(raw.resource ?? around.resource));
  const place = { traceId, spanId, parentSpanId: parentIdIn(raw), start, end: endOf(raw, start), scope };
  return describeSpan(raw, place, attributesOf(raw.attributes), resource);
}

const scopeIn = (value: unknown): string => readWord(isObject(value) ? value.name : value) ?? '';

function parentIdIn(raw: Json): string | undefined {
  const parent = readObject(member(raw, MEMBERS.parentContext));
  return readSpanId(member(raw, MEMBERS.parent)) ?? (parent && readSpanId(member(parent, MEMBERS.spanId)));
}

function endOf(raw: Json, start: number): number {
  const duration = readDuration(member(raw, MEMBERS.duration));
  if (duration !== undefined) return start + duration / 1e6;
  const end = readTime(member(raw, MEMBERS.end));
  // A span without an end is one that was cut off.
  return end === undefined ? start : Math.max(start, end);
}

function member(holder: Json, names: readonly string[]): unknown {
  for (const name of names) {
    const value = Object.hasOwn(holder, name) ? holder[name] : undefined;
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

import { isObject, type Json } from '../records/json';
import { readSpan, type SpanContext } from './read-span';
import type { Span } from './span';

/** Members that hold a list of values, each of which is a span, or has spans in a further such member. */
const LISTS = [
  'resourceSpans',
  'resource_spans',
  'scopeSpans',
  'scope_spans',
  'instrumentationLibrarySpans',
  'spans',
  'events',
  'logEvents',
  'results',
  'data',
];

/** Members in which a tool or a service wraps a span, as JSON or as JSON in a text. */
const WRAPPERS = ['@message', 'message', 'body', 'span', '_source'];

/** Lists within lists, and texts within texts. More are a mistake or an attack. */
const MAX_DEPTH = 16;

/** What a value holds. */
export interface FoundSpans {
  readonly spans: readonly Span[];
  /** Log records of OpenTelemetry, which AgentCore writes to `otel-rt-logs`. They hold content, and no span needs them. */
  readonly logRecords: number;
}

/**
 * The spans in a JSON value, in every form in which they are handed out: an event of `aws/spans` or of a runtime's log group,
 * OTLP/JSON, the export of an SDK, a row of Logs Insights, and any of these in the output of the AWS CLI. Never throws.
 */
export function spansIn(value: unknown): FoundSpans {
  const found = { spans: [] as Span[], logRecords: 0 };
  collect(value, {}, found, MAX_DEPTH);
  return found;
}

type Found = { spans: Span[]; logRecords: number };

function collect(value: unknown, around: SpanContext, found: Found, depth: number): void {
  if (depth === 0) return;
  if (typeof value === 'string') return collectText(value, around, found, depth);
  if (Array.isArray(value)) {
    const values: readonly unknown[] = isInsightsRow(value) ? [objectOf(value)] : value;
    return values.forEach((each) => collect(each, around, found, depth - 1));
  }
  if (!isObject(value)) return;
  const row = 'attributes' in value ? value : unflattened(value);
  const span = readSpan(row, around);
  if (span) found.spans.push(span);
  else if (isLogRecord(value)) found.logRecords += 1;
  else if (isLogLine(value)) return;
  else collectMembers(value, around, found, depth);
}

function collectMembers(value: Json, around: SpanContext, found: Found, depth: number): void {
  const inside = {
    resource: value.resource ?? around.resource,
    scope: value.scope ?? value.instrumentationLibrary ?? around.scope,
  };
  for (const name of LISTS) {
    if (Array.isArray(value[name])) collect(value[name], inside, found, depth - 1);
  }
  for (const name of WRAPPERS) {
    if (Object.hasOwn(value, name)) collect(value[name], inside, found, depth - 1);
  }
}

/** Text is parsed only where it has the id of a span, because the other texts of a log group can be long. */
function collectText(text: string, around: SpanContext, found: Found, depth: number): void {
  if (!/^\s*[{[]/.test(text) || !/span_?id/i.test(text)) return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return;
  }
  collect(value, around, found, depth - 1);
}

const isLogRecord = (value: Json): boolean =>
  Object.hasOwn(value, 'body') && (Object.hasOwn(value, 'timeUnixNano') || Object.hasOwn(value, 'observedTimeUnixNano'));

/** A line of the application, whose text is never searched: it can repeat what a user wrote. */
const isLogLine = (value: Json): boolean => Object.hasOwn(value, 'level') || Object.hasOwn(value, 'logger');

type InsightsRow = ReadonlyArray<{ readonly field: string; readonly value?: unknown }>;

const isInsightsRow = (value: unknown): value is InsightsRow =>
  Array.isArray(value) && value.length > 0 && value.every((cell) => isObject(cell) && typeof cell.field === 'string');

/** A row with the JSON of its event is that event: the other columns only repeat parts of it. */
function objectOf(row: InsightsRow): Json {
  const message = row.find(({ field }) => field === '@message');
  return message ? { '@message': message.value } : Object.fromEntries(row.map(({ field, value }) => [field, value]));
}

const FLAT = /^(attributes|resource\.attributes|scope|status)\.(.+)$/;

/** A row of Logs Insights in which each member of a span is a column of its own, such as `attributes.gen_ai.request.model`. */
function unflattened(row: Json): Json {
  if (!Object.keys(row).some((column) => FLAT.test(column))) return row;
  const attributes: Json = {};
  const resource: Json = {};
  const span: Json = { ...row, attributes, resource: { attributes: resource } };
  for (const [column, value] of Object.entries(row)) {
    const [, holder, name = ''] = FLAT.exec(column) ?? [];
    if (holder === 'attributes') attributes[name] = value;
    else if (holder === 'resource.attributes') resource[name] = value;
    else if (holder !== undefined) span[holder] = { ...(isObject(span[holder]) ? span[holder] : {}), [name]: value };
  }
  return span;
}

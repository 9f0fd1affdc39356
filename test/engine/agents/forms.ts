import { BEGIN, cloudWatchEvent, type Described, idOf, TRACE } from './spans';

const otlpValue = (value: unknown) =>
  typeof value === 'number'
    ? { intValue: String(value) }
    : typeof value === 'boolean'
      ? { boolValue: value }
      : { stringValue: String(value) };
const otlpAttributes = (attributes: object) => Object.entries(attributes).map(([key, value]) => ({ key, value: otlpValue(value) }));

const nanos = (ms: number): string => (BigInt(BEGIN + ms) * 1_000_000n).toString();
const RESOURCE = { 'service.name': 'planner.DEFAULT', 'cloud.region': 'us-east-1' };

function otlp({ id, parent, trace = TRACE, scope = 'app', name = id, at = 0, ms = 100, status, attributes = {} }: Described): unknown {
  const span = {
    ...{ traceId: trace, spanId: idOf(id), parentSpanId: parent === undefined ? '' : idOf(parent), name, kind: 1 },
    ...{ startTimeUnixNano: nanos(at), endTimeUnixNano: nanos(at + ms), attributes: otlpAttributes(attributes) },
    status: status === 'ERROR' ? { code: 2 } : {},
  };
  const scopeSpans = [{ scope: { name: scope, version: '1' }, spans: [span] }];
  return { resourceSpans: [{ resource: { attributes: otlpAttributes(RESOURCE) }, scopeSpans }] };
}

const iso = (ms: number): string => new Date(BEGIN + ms).toISOString().replace(/Z$/, '000Z');

/** As the SDK of Python prints a span. */
function snakeCase({ id, parent, trace = TRACE, scope = 'app', name = id, at = 0, ms = 100, status, attributes = {} }: Described): unknown {
  return {
    ...{ name, context: { trace_id: `0x${trace}`, span_id: `0x${idOf(id)}` }, kind: 'SpanKind.INTERNAL' },
    ...{ parent_id: parent === undefined ? null : `0x${idOf(parent)}`, start_time: iso(at), end_time: iso(at + ms) },
    ...{ status: { status_code: status ?? 'UNSET' }, attributes, resource: { attributes: RESOURCE } },
    instrumentation_scope: { name: scope },
  };
}

/** A row of Logs Insights with a column for each member. */
function flatRow(described: Described): unknown {
  const { attributes, resource, scope, status, ...members } = cloudWatchEvent(described) as Record<string, Record<string, unknown>>;
  const flat = (prefix: string, object: object) => Object.entries(object).map(([name, value]) => [`${prefix}.${name}`, value] as const);
  const columns = [
    ...Object.entries(members),
    ...flat('attributes', attributes!),
    ...flat('resource.attributes', (resource as { attributes: object }).attributes),
    ...flat('scope', scope!),
    ...flat('status', status!),
  ];
  return { results: [columns.map(([field, value]) => ({ field, value: String(value) }))] };
}

/** Every form in which spans are handed out. */
export const FORMS: Readonly<Record<string, (described: Described) => unknown>> = {
  cloudWatch: cloudWatchEvent,
  filterLogEvents: (described) => ({ events: [{ timestamp: BEGIN, message: JSON.stringify(cloudWatchEvent(described)) }] }),
  insightsMessage: (described) => ({ results: [[{ field: '@message', value: JSON.stringify(cloudWatchEvent(described)) }]] }),
  insightsColumns: flatRow,
  otlp,
  snakeCase,
};

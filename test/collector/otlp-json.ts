import type { AttributeValue } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { ExpectedSpan } from '../trace/responses';

type Raw = Record<string, unknown>;

/** Sends the spans of a real provider in OTLP/JSON, which is done when the collector has answered. */
export class JsonExporter implements SpanExporter {
  constructor(private readonly endpoint: string) {}

  public export(spans: readonly ReadableSpan[], done: (result: { code: number }) => void): void {
    const body = JSON.stringify({ resourceSpans: spans.map(resourceSpans) });
    fetch(`${this.endpoint}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then(
      ({ ok }) => done({ code: ok ? 0 : 1 }),
      () => done({ code: 1 }),
    );
  }

  public shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

function resourceSpans(span: ReadableSpan): Raw {
  const { name, kind, attributes, status, parentSpanContext, startTime, endTime, resource, instrumentationScope } = span;
  const { traceId, spanId } = span.spanContext();
  return {
    resource: { attributes: attributesOf(resource.attributes as Record<string, AttributeValue>) },
    scopeSpans: [
      {
        scope: { name: instrumentationScope.name },
        spans: [
          {
            ...{ traceId, spanId, parentSpanId: parentSpanContext?.spanId ?? '', name, kind: kind + 1 },
            startTimeUnixNano: nanos(startTime),
            endTimeUnixNano: nanos(endTime),
            attributes: attributesOf(attributes as Record<string, AttributeValue>),
            status: { code: status.code },
          },
        ],
      },
    ],
  };
}

const nanos = ([seconds, rest]: readonly [number, number]): string => String(BigInt(seconds) * 1_000_000_000n + BigInt(rest));

export const attributesOf = (attributes: Readonly<Record<string, unknown>>): Raw[] =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));

function anyValue(value: unknown): Raw {
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return typeof value === 'boolean' ? { boolValue: value } : { stringValue: String(value) };
}

function plain(value: Raw): unknown {
  if (value.arrayValue) return ((value.arrayValue as Raw).values as Raw[]).map(plain);
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.doubleValue ?? value.boolValue;
}

const plainAttributes = (attributes: unknown): Raw =>
  Object.fromEntries(((attributes as Raw[] | undefined) ?? []).map(({ key, value }) => [key, plain(value as Raw)])) as Raw;

/** A span that a collector wrote. */
export interface DecodedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code?: number; readonly message?: string };
  readonly attributes: Raw;
  readonly events: readonly Raw[];
  readonly scope: string;
  readonly resource: Raw;
}

export const spansOf = (lines: readonly Raw[]): DecodedSpan[] =>
  lines.flatMap(({ resourceSpans: resources }) =>
    ((resources as Raw[] | undefined) ?? []).flatMap(({ resource, scopeSpans }) =>
      (scopeSpans as Raw[]).flatMap(({ scope, spans }) =>
        (spans as Raw[]).map(
          (span) =>
            ({
              ...{ parentSpanId: '', status: {}, events: [], ...span },
              attributes: plainAttributes(span.attributes),
              scope: (scope as Raw).name,
              resource: plainAttributes((resource as Raw).attributes),
            }) as unknown as DecodedSpan,
        ),
      ),
    ),
  );

interface Tree {
  readonly span: string;
  readonly below: readonly Tree[];
}

/** Spans as a tree that does not depend on their order or ids. The times of the first are the application's. */
export function treeOf(rows: readonly ExpectedSpan[], parent?: number): Tree[] {
  const children = rows.flatMap((row, index) => (row.parent === parent ? [{ row, index }] : []));
  return children
    .map(({ row, index }) => {
      const attributes = Object.fromEntries(Object.entries(row.attributes).sort(([one], [other]) => (one < other ? -1 : 1)));
      const { name, kind, start, ms, failed } = row;
      return { span: JSON.stringify({ name, kind, start, ms, failed, attributes }), below: treeOf(rows, index) };
    })
    .sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
}

/** What arrived of one trace, in the form of the fixture. */
export function rowsOf(spans: readonly DecodedSpan[]): ExpectedSpan[] {
  return spans.map(({ name, kind, parentSpanId, status, startTimeUnixNano, endTimeUnixNano, attributes }) => {
    const parent = spans.findIndex(({ spanId }) => spanId === parentSpanId);
    const [start, end] = [Number(startTimeUnixNano) / 1e6, Number(endTimeUnixNano) / 1e6];
    const rest = Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== 'gen_ai.response.time_to_first_chunk'));
    return {
      name,
      ...(parent >= 0 && { parent, start: Math.round(start), ms: Math.round(end - start) }),
      kind: kind === 3 ? 'CLIENT' : 'INTERNAL',
      ...(status.code === 2 && { failed: true }),
      attributes: rest,
    };
  });
}

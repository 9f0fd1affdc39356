import type { Span } from '../../../engine/agents/span';
import { spansIn } from '../../../engine/agents/span-forms';

/** A span as a test describes it: attributes under their full names, times in milliseconds after the beginning of the trace. */
export interface Described {
  readonly id: string;
  readonly parent?: string;
  readonly trace?: string;
  readonly scope?: string;
  readonly name?: string;
  readonly kind?: string;
  readonly at?: number;
  readonly ms?: number;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly resource?: Readonly<Record<string, unknown>>;
  readonly status?: 'OK' | 'ERROR' | 'UNSET';
  readonly events?: readonly unknown[];
}

export const TRACE = '6b083b63f3fb549d2550366e47b36486';
/** 2026-11-20T10:00:00Z. */
export const BEGIN = 1_795_168_800_000;
export const SONNET = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
export const BOTOCORE = 'opentelemetry.instrumentation.botocore.bedrock-runtime';
export const STRANDS = 'strands.telemetry.tracer';

const RESOURCE = { 'service.name': 'planner.DEFAULT', 'cloud.region': 'us-east-1' };

/** Span ids have 16 hexadecimal digits: those of a short name. */
export const idOf = (name: string): string => Buffer.from(name).toString('hex').padEnd(16, '0').slice(0, 16);

/** An event of `aws/spans`. */
export function cloudWatchEvent(span: Described): Record<string, unknown> {
  const { id, parent, trace = TRACE, scope = 'app', name = id, kind = 'INTERNAL', at = 0, ms = 100, status = 'UNSET' } = span;
  const start = BigInt(BEGIN + at) * 1_000_000n;
  return {
    resource: { attributes: { ...RESOURCE, ...span.resource } },
    scope: { name: scope, version: '1.0' },
    traceId: trace,
    spanId: idOf(id),
    ...(parent !== undefined && { parentSpanId: idOf(parent) }),
    flags: 256,
    name,
    kind,
    startTimeUnixNano: Number(start),
    endTimeUnixNano: Number(start + BigInt(ms) * 1_000_000n),
    durationNano: ms * 1_000_000,
    attributes: span.attributes ?? {},
    ...(span.events && { events: span.events }),
    status: { code: status },
  };
}

export const read = (...spans: readonly Described[]): Span[] => spans.flatMap((span) => spansIn(cloudWatchEvent(span)).spans);

/** Attributes of a model span of botocore. */
export const botocore = (requestId: string | undefined, input: number, output: number, model = SONNET) => ({
  'rpc.service': 'Bedrock Runtime',
  'rpc.method': 'Converse',
  'aws.region': 'us-east-1',
  'gen_ai.system': 'aws.bedrock',
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': model,
  ...(requestId !== undefined && { 'aws.request_id': requestId }),
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': output,
});

/** Attributes of a span of Strands Agents, whose input includes cached tokens. */
export const strands = (operation: string, input: number, output: number, more: Readonly<Record<string, unknown>> = {}) => ({
  'gen_ai.system': 'strands-agents',
  'gen_ai.operation.name': operation,
  'gen_ai.request.model': SONNET,
  'gen_ai.usage.prompt_tokens': input,
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.completion_tokens': output,
  'gen_ai.usage.output_tokens': output,
  ...more,
});

export const REQUEST = '0f0c1d52-7a1e-4c51-9d0a-53c1a3e0f001';
export const requestId = (n: number): string => `0f0c1d52-7a1e-4c51-9d0a-${String(n).padStart(12, '0')}`;

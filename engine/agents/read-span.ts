import { isObject, readObject, type Json } from '../records/json';
import { attributesOf, type Attributes, firstOf } from './attributes';
import { roleOf } from './operations';
import { providerOf } from './providers';
import { readDuration, readId, readLabel, readModel, readRequestId, readSpanId, readTime, readTokens, readWord } from './readers';
import { scopeFacts, STRANDS_KEYS } from './scopes';
import type { InputForm, Span, SpanRole, SpanTokens } from './span';
import { RESOURCE_KEYS, SPAN_KEYS } from './span-keys';
import { spanName } from './span-name';
import { FIRST_TOKEN_KEYS, TOKEN_KEYS, TOTAL_KEYS } from './usage-keys';

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
  const resource = attributesOf(readObject(raw.resource ?? around.resource)?.attributes);
  return {
    traceId,
    spanId,
    ...optional('parentSpanId', parentIdIn(raw)),
    start,
    end: endOf(raw, start),
    scope,
    ...described(raw, attributesOf(raw.attributes), resource, scope),
  };
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

type Described = Omit<Span, 'traceId' | 'spanId' | 'parentSpanId' | 'start' | 'end' | 'scope'>;

function described(raw: Json, attributes: Attributes, resource: Attributes, scope: string): Described {
  const word = (keys: readonly string[]) => firstOf(attributes, keys, readWord);
  const model = firstOf(attributes, SPAN_KEYS.requestModel, readModel) ?? firstOf(attributes, SPAN_KEYS.responseModel, readModel);
  const tokens = tokensOf(attributes);
  const [rpcService, rpcMethod] = [attributes(SPAN_KEYS.rpcService[0]), word(SPAN_KEYS.rpcMethod)];
  const named = SPAN_KEYS.provider.flatMap((key) => readWord(attributes(key)) ?? []);
  const rawName = typeof raw.name === 'string' ? raw.name : '';
  const { role, operation } = roleIn(scope, rawName, {
    text: (key) => readWord(attributes(key)),
    rpcService: typeof rpcService === 'string' ? rpcService : undefined,
    ...{
      rpcMethod,
      hasModel: SPAN_KEYS.requestModel.some((key) => attributes(key) !== undefined),
      hasProvider: named.length > 0,
      hasTokens: tokens !== undefined,
    },
  });
  const requestId = firstOf(attributes, SPAN_KEYS.requestId, readRequestId);
  const errorType = errorTypeOf(raw, attributes);
  const tool = role === 'tool' ? (word(SPAN_KEYS.tool) ?? toolIn(rawName)) : undefined;
  const agent = agentOf(attributes, resource);
  const words = { operation, model, tool, agent, role };
  return {
    ...optional('service', firstOf(resource, RESOURCE_KEYS.service, readLabel)),
    role,
    ...optional('operation', operation),
    name: spanName(rawName, { ...words, scope, word, rpcService }),
    ...optional('agent', agent),
    ...optional('sessionId', firstOf(attributes, SPAN_KEYS.session, readId)),
    ...optional('tool', tool),
    ...optional('model', model),
    provider: providerOf({
      named,
      model,
      host: word(SPAN_KEYS.host),
      calledAws: requestId !== undefined || (role === 'model' && rpcMethod !== undefined && String(rpcService).startsWith('Bedrock')),
    }),
    ...optional('region', word(SPAN_KEYS.region) ?? firstOf(resource, RESOURCE_KEYS.region, readWord)),
    ...optional('requestId', requestId ?? firstOf(attributes, SPAN_KEYS.responseId, readRequestId)),
    ...optional('tokens', tokens),
    inputForm: inputFormOf(scope, attributes, tokens),
    ...optional('firstTokenMs', firstTokenOf(attributes)),
    failed: hasFailed(raw, attributes, role),
    ...optional('errorType', errorType),
  };
}

function roleIn(scope: string, name: string, facts: Parameters<typeof roleOf>[0]): ReturnType<typeof roleOf> {
  const { notACall } = scopeFacts(scope);
  return notACall !== undefined && name.endsWith(notACall) ? { role: 'other' } : roleOf(facts);
}

/** Undefined where all counts are zero or absent: such a span says nothing about tokens. */
function tokensOf(attributes: Attributes): SpanTokens | undefined {
  const read = (keys: readonly string[]): number | undefined => firstOf(attributes, keys, readTokens);
  const [input, output] = [read(TOKEN_KEYS.input), read(TOKEN_KEYS.output)];
  const [cacheRead, cacheWrite] = [read(TOKEN_KEYS.cacheRead), read(TOKEN_KEYS.cacheWrite)];
  if (input === undefined && output === undefined && cacheRead === undefined && cacheWrite === undefined) return undefined;
  const total = read(TOTAL_KEYS);
  return {
    input: input ?? (total !== undefined && output !== undefined ? Math.max(0, total - output) : 0),
    output: output ?? (total !== undefined && input !== undefined ? Math.max(0, total - input) : 0),
    cacheRead: cacheRead ?? 0,
    cacheWrite: cacheWrite ?? 0,
  };
}

/** A count of input that is smaller than the cached tokens cannot include them, whatever is known about the library. */
function inputFormOf(scope: string, attributes: Attributes, tokens: SpanTokens | undefined): InputForm {
  if (tokens && tokens.input < tokens.cacheRead + tokens.cacheWrite) return 'excludesCache';
  const { input } = scopeFacts(scope);
  if (input !== undefined) return input;
  return STRANDS_KEYS.some((key) => attributes(key) !== undefined) ? 'includesCache' : 'unknown';
}

function firstTokenOf(attributes: Attributes): number | undefined {
  for (const { key, unit } of FIRST_TOKEN_KEYS) {
    const duration = readDuration(attributes(key));
    if (duration !== undefined) return unit === 's' ? duration * 1000 : duration;
  }
  return undefined;
}

const RUNTIME = /:runtime\/([\w-]+)/;

/** The agent by its name, else by its id, else by the AgentCore runtime that it runs in. */
function agentOf(attributes: Attributes, resource: Attributes): string | undefined {
  const named = firstOf(attributes, SPAN_KEYS.agent, readLabel) ?? firstOf(attributes, SPAN_KEYS.agentId, readId);
  return named ?? RUNTIME.exec(firstOf(resource, RESOURCE_KEYS.resourceId, readId) ?? '')?.[1];
}

const FAILED_STATUS = /^(error|failed|failure)$/i;

/** OTLP writes 2, CloudWatch and OpenTelemetry for Python words. Tools of Strands fail with status OK and say so elsewhere. */
function hasFailed(raw: Json, attributes: Attributes, role: SpanRole): boolean {
  const status = raw.status ?? raw.statusCode ?? raw.status_code;
  const code = isObject(status) ? (status.code ?? status.status_code ?? status.statusCode) : status;
  if (code === 2 || (typeof code === 'string' && /(^2$|ERROR$)/.test(code))) return true;
  if (role !== 'tool') return false;
  const [success] = SPAN_KEYS.success.map((key) => attributes(key));
  return success === false || success === 'false' || FAILED_STATUS.test(firstOf(attributes, SPAN_KEYS.toolStatus, readWord) ?? '');
}

/** From the span, or from its event `exception`, of which only the type is read. */
function errorTypeOf(raw: Json, attributes: Attributes): string | undefined {
  const ofSpan = firstOf(attributes, SPAN_KEYS.errorType, readWord);
  if (ofSpan !== undefined || !Array.isArray(raw.events)) return ofSpan;
  for (const event of raw.events) {
    const type = isObject(event) ? firstOf(attributesOf(event.attributes), ['exception.type'], readWord) : undefined;
    if (type !== undefined) return type;
  }
  return undefined;
}

const toolIn = (name: string): string | undefined => readWord(name.replace(/^execute_tool /, '').replace(/\.(run|tool)$/, ''));

function member(holder: Json, names: readonly string[]): unknown {
  for (const name of names) {
    if (Object.hasOwn(holder, name) && holder[name] !== null) return holder[name];
  }
  return undefined;
}

function optional<Name extends string, T>(name: Name, value: T | undefined): { readonly [N in Name]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: T };
}

import { isObject, type Json } from '../records/json';
import { attributesOf, type Attributes, firstOf } from './attributes';
import { roleOf } from './operations';
import { providerOf } from './providers';
import { readId, readLabel, readModel, readRequestId, readWord } from './readers';
import type { Resource } from './resource';
import type { Span, SpanRole } from './span';
import { EXCEPTION_KEYS, SPAN_KEYS } from './span-keys';
import { spanName } from './span-name';
import { firstTokenOf, inputFormOf, tokensOf } from './span-tokens';
import { toolInputOf } from './tool-input';

/** What a span is known by, whatever it describes. */
export type SpanPlace = Pick<Span, 'traceId' | 'spanId' | 'parentSpanId' | 'start' | 'end' | 'scope'>;

/**
 * A span, with what its attributes say about it. Objects are written out and not put together from others: this is done for each span,
 * and takes half of the time so (`npm run bench`).
 */
export function describeSpan(raw: Json, place: SpanPlace, attributes: Attributes, resource: Resource): Span {
  const { scope } = place;
  const requestModel = firstOf(attributes, SPAN_KEYS.requestModel, readModel);
  const model = requestModel ?? firstOf(attributes, SPAN_KEYS.responseModel, readModel);
  const tokens = tokensOf(attributes);
  const rpcService = attributes[SPAN_KEYS.rpcService.places[0]!];
  const rpcMethod = firstOf(attributes, SPAN_KEYS.rpcMethod, readWord);
  const named = namesOfProvider(attributes);
  const vendor = firstOf(attributes, SPAN_KEYS.vendor, readWord);
  const rawName = typeof raw.name === 'string' ? raw.name : '';
  const { role, operation } = roleIn(rawName, {
    attributes,
    rpcService: typeof rpcService === 'string' ? rpcService : undefined,
    rpcMethod,
    hasModel: requestModel !== undefined || SPAN_KEYS.requestModel.places.some((place) => attributes[place] !== undefined),
    hasProvider: named.length > 0 || vendor !== undefined,
    hasTokens: tokens !== undefined,
  });
  const requestId = firstOf(attributes, SPAN_KEYS.requestId, readRequestId);
  const tool = role === 'tool' ? (firstOf(attributes, SPAN_KEYS.tool, readWord) ?? toolIn(rawName)) : undefined;
  const agent = agentOf(attributes, resource);
  return {
    traceId: place.traceId,
    spanId: place.spanId,
    parentSpanId: place.parentSpanId,
    start: place.start,
    end: place.end,
    scope,
    service: resource.service,
    role,
    operation,
    name: spanName(rawName, { attributes, scope, role, operation, model, tool, agent, rpcService, rpcMethod }),
    agent,
    sessionId: firstOf(attributes, SPAN_KEYS.session, readId),
    tool,
    toolInput: role === 'tool' ? toolInputOf(raw, attributes) : undefined,
    model,
    provider: providerOf({
      named,
      vendor,
      model,
      host: firstOf(attributes, SPAN_KEYS.host, readWord),
      calledAws: requestId !== undefined || (role === 'model' && rpcMethod !== undefined && String(rpcService).startsWith('Bedrock')),
    }),
    region: firstOf(attributes, SPAN_KEYS.region, readWord) ?? resource.region,
    requestId: requestId ?? firstOf(attributes, SPAN_KEYS.responseId, readRequestId),
    tokens,
    inputForm: inputFormOf(scope, attributes, tokens),
    firstTokenMs: firstTokenOf(attributes),
    failed: hasFailed(raw, attributes, role),
    errorType: errorTypeOf(raw, attributes),
  };
}

function namesOfProvider(attributes: Attributes): string[] {
  const names: string[] = [];
  for (const place of SPAN_KEYS.provider.places) {
    const name = readLabel(attributes[place]);
    if (name !== undefined) names.push(name);
  }
  return names;
}

/** LlamaIndex gives the kind of a model span to what only puts the tools of a call together. */
const NOT_A_CALL = '._prepare_chat_with_tools';

const roleIn = (name: string, facts: Parameters<typeof roleOf>[0]): ReturnType<typeof roleOf> =>
  name.endsWith(NOT_A_CALL) ? { role: 'other' } : roleOf(facts);

/** The agent by its name, else by its id, else by the AgentCore runtime that it runs in. */
const agentOf = (attributes: Attributes, { runtime }: Resource): string | undefined =>
  firstOf(attributes, SPAN_KEYS.agent, readLabel) ?? firstOf(attributes, SPAN_KEYS.agentId, readId) ?? runtime;

const FAILED_STATUS = /^(error|failed|failure)$/i;

/** OTLP writes 2, CloudWatch and OpenTelemetry for Python words. Tools of Strands fail with status OK and say so elsewhere. */
function hasFailed(raw: Json, attributes: Attributes, role: SpanRole): boolean {
  const status = raw.status ?? raw.statusCode ?? raw.status_code;
  const code = isObject(status) ? (status.code ?? status.status_code ?? status.statusCode) : status;
  if (code === 2 || (typeof code === 'string' && /(^2$|ERROR$)/.test(code))) return true;
  if (role !== 'tool') return false;
  const success = attributes[SPAN_KEYS.success.places[0]!];
  return success === false || success === 'false' || FAILED_STATUS.test(firstOf(attributes, SPAN_KEYS.toolStatus, readWord) ?? '');
}

/** From the span, or from its event `exception`, of which only the type is read. */
function errorTypeOf(raw: Json, attributes: Attributes): string | undefined {
  const ofSpan = firstOf(attributes, SPAN_KEYS.errorType, readWord);
  if (ofSpan !== undefined || !Array.isArray(raw.events)) return ofSpan;
  for (const event of raw.events) {
    const type = isObject(event) ? firstOf(attributesOf(event.attributes), EXCEPTION_KEYS, readWord) : undefined;
    if (type !== undefined) return type;
  }
  return undefined;
}

const toolIn = (name: string): string | undefined => readWord(name.replace(/^execute_tool /, '').replace(/\.(run|tool)$/, ''));

import { isObject, type Json } from '../records/json';
import { attributesOf, type Attributes, firstOf } from './attributes';
import { roleOf } from './operations';
import { providerOf } from './providers';
import { readId, readLabel, readModel, readRequestId, readWord } from './readers';
import { scopeFacts } from './scopes';
import type { Span, SpanRole } from './span';
import { RESOURCE_KEYS, SPAN_KEYS } from './span-keys';
import { spanName } from './span-name';
import { firstTokenOf, inputFormOf, tokensOf } from './span-tokens';
import { toolInputOf } from './tool-input';

type Described = Omit<Span, 'traceId' | 'spanId' | 'parentSpanId' | 'start' | 'end' | 'scope'>;

/** What the attributes of a span say about it. */
export function describeSpan(raw: Json, attributes: Attributes, resource: Attributes, scope: string): Described {
  const word = (keys: readonly string[]) => firstOf(attributes, keys, readWord);
  const model = firstOf(attributes, SPAN_KEYS.requestModel, readModel) ?? firstOf(attributes, SPAN_KEYS.responseModel, readModel);
  const tokens = tokensOf(attributes);
  const [rpcService, rpcMethod] = [attributes(SPAN_KEYS.rpcService[0]), word(SPAN_KEYS.rpcMethod)];
  const named = SPAN_KEYS.provider.flatMap((key) => readLabel(attributes(key)) ?? []);
  const vendor = word(SPAN_KEYS.vendor);
  const rawName = typeof raw.name === 'string' ? raw.name : '';
  const { role, operation } = roleIn(scope, rawName, {
    text: (key) => readWord(unquoted(attributes(key))),
    rpcService: typeof rpcService === 'string' ? rpcService : undefined,
    ...{
      rpcMethod,
      hasModel: SPAN_KEYS.requestModel.some((key) => attributes(key) !== undefined),
      hasProvider: named.length > 0 || vendor !== undefined,
      hasTokens: tokens !== undefined,
    },
  });
  const requestId = firstOf(attributes, SPAN_KEYS.requestId, readRequestId);
  const errorType = errorTypeOf(raw, attributes);
  const tool = role === 'tool' ? (word(SPAN_KEYS.tool) ?? toolIn(rawName)) : undefined;
  const agent = agentOf(attributes, resource);
  const words = { operation, model, tool, agent, role };
  return {
    service: firstOf(resource, RESOURCE_KEYS.service, readLabel),
    role,
    operation,
    name: spanName(rawName, { ...words, scope, word, rpcService }),
    agent,
    sessionId: firstOf(attributes, SPAN_KEYS.session, readId),
    tool,
    ...(role === 'tool' && { toolInput: toolInputOf(raw, attributes) }),
    model,
    provider: providerOf({
      named,
      vendor,
      model,
      host: word(SPAN_KEYS.host),
      calledAws: requestId !== undefined || (role === 'model' && rpcMethod !== undefined && String(rpcService).startsWith('Bedrock')),
    }),
    region: word(SPAN_KEYS.region) ?? firstOf(resource, RESOURCE_KEYS.region, readWord),
    requestId: requestId ?? firstOf(attributes, SPAN_KEYS.responseId, readRequestId),
    tokens,
    inputForm: inputFormOf(scope, attributes, tokens),
    firstTokenMs: firstTokenOf(attributes),
    failed: hasFailed(raw, attributes, role),
    errorType,
  };
}

/** MLflow writes JSON into its attributes. */
const unquoted = (value: unknown): unknown => (typeof value === 'string' && value.startsWith('"') ? value.slice(1, -1) : value);

function roleIn(scope: string, name: string, facts: Parameters<typeof roleOf>[0]): ReturnType<typeof roleOf> {
  const { notACall } = scopeFacts(scope);
  return notACall !== undefined && name.endsWith(notACall) ? { role: 'other' } : roleOf(facts);
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

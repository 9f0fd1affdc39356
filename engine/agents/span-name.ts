import { type Attributes, firstOf } from './attributes';
import { readWord } from './readers';
import { scopeFacts } from './scopes';
import type { SpanRole } from './span';
import { SPAN_KEYS } from './span-keys';

interface NameParts {
  readonly scope: string;
  readonly role: SpanRole;
  readonly operation?: string;
  readonly model?: string;
  readonly tool?: string;
  readonly agent?: string;
  readonly rpcService?: unknown;
  readonly rpcMethod?: string;
  readonly attributes: Attributes;
}

const METHOD = /^[A-Z]{3,7}$/;

/** A request as servers name it. Without a query, which can hold anything. */
const REQUEST = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/[\w/{}.:@-]{0,100}$/;

/**
 * The name to show for a span. Libraries put tasks and prompts into names (Traceloop does for CrewAI), so it is put together from
 * what is known; the name itself is only taken where it is one word.
 */
export function spanName(raw: string, parts: NameParts): string {
  const { scope, role, operation } = parts;
  const of = role === 'model' || role === 'agent' || role === 'tool' ? parts[role] : undefined;
  if (operation !== undefined && (of !== undefined || role !== 'step')) return of === undefined ? operation : `${operation} ${of}`;
  return requestName(parts) ?? (scopeFacts(scope).namesHoldText ? undefined : plainName(raw)) ?? operation ?? role;
}

function requestName({ attributes, rpcService, rpcMethod }: NameParts): string | undefined {
  if (rpcMethod !== undefined && typeof rpcService === 'string') return `${readWord(rpcService.replace(/ /g, '')) ?? 'RPC'}.${rpcMethod}`;
  const method = firstOf(attributes, SPAN_KEYS.httpMethod, readWord);
  if (method === undefined || !METHOD.test(method)) return undefined;
  const route = firstOf(attributes, SPAN_KEYS.httpRoute, readWord);
  return route === undefined ? method : `${method} ${route}`;
}

const plainName = (raw: string): string | undefined => (REQUEST.test(raw) ? raw : readWord(raw));

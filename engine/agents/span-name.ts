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
  readonly word: (keys: readonly string[]) => string | undefined;
}

const METHOD = /^[A-Z]{3,7}$/;

/** A request as servers name it. Without a query, which can hold anything. */
const REQUEST = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/[\w/{}.:@-]{0,100}$/;

/**
 * The name to show for a span. Libraries put tasks and prompts into names (Traceloop does for CrewAI), so it is put together from
 * what is known; the name itself is only taken where it is one word.
 */
export function spanName(raw: string, { scope, role, operation, model, tool, agent, rpcService, word }: NameParts): string {
  const of = { model, agent, tool, retrieval: undefined, step: undefined, other: undefined }[role];
  if (operation !== undefined && (of !== undefined || role !== 'step')) return of === undefined ? operation : `${operation} ${of}`;

  const rpcMethod = word(SPAN_KEYS.rpcMethod);
  if (rpcMethod !== undefined && typeof rpcService === 'string') return `${readWord(rpcService.replace(/ /g, '')) ?? 'RPC'}.${rpcMethod}`;
  const httpMethod = word(SPAN_KEYS.httpMethod);
  if (httpMethod !== undefined && METHOD.test(httpMethod)) {
    const route = word(SPAN_KEYS.httpRoute);
    return route === undefined ? httpMethod : `${httpMethod} ${route}`;
  }
  return (scopeFacts(scope).namesHoldText ? undefined : plainName(raw)) ?? operation ?? role;
}

const plainName = (raw: string): string | undefined => (REQUEST.test(raw) ? raw : readWord(raw));

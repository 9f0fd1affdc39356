import { besideEachOther } from './beside';
import { nestedCalls, type NestedCall } from './nested-calls';
import type { Provider, Span, SpanTokens } from './span';
import { byBeginning, treeOf, type SpanTree } from './span-tree';

/** A model call, counted once however many spans describe it. */
export interface CountedCall {
  /** The same for the same call, whatever else of its trace is known. */
  readonly span: Span;
  /** Every span of the call, the counted one first. */
  readonly spans: readonly Span[];
  readonly basis: NestedCall['basis'];
  /** `input` without cached tokens, where that can be told. Absent where no span has tokens. */
  readonly tokens?: SpanTokens;
  /** Cached tokens that `input` may hold too, because the library is not known. */
  readonly maybeCachedInput: number;
  readonly requestId?: string;
  readonly model?: string;
  readonly region?: string;
  readonly provider: Provider;
  readonly firstTokenMs?: number;
  /** Whether Bedrock refused or broke off. */
  readonly failed: boolean;
  /** Whether the caller stopped reading the response. What had been answered by then is paid for. */
  readonly stopped: boolean;
}

/** Errors that libraries write where the caller left a stream, and nothing failed. */
const STOPPED = /(^|\.)(_OTHER|GeneratorExit|CancelledError|AbortError|StreamConsumedError)$/;

/** A trace as it was counted. */
export interface CountedTrace {
  readonly traceId: string;
  readonly tree: SpanTree;
  /** In the order in which they began. */
  readonly calls: readonly CountedCall[];
}

/**
 * Counts the model calls of traces: each once, in any order of their spans. Spans of all traces of a service that overlap belong
 * together, because one call can be in two traces.
 */
export function countTraces(spans: Iterable<Span>): CountedTrace[] {
  const byTrace = groupBy(spans, ({ traceId }) => traceId);
  const trees = [...byTrace].map(([traceId, members]) => ({ traceId, tree: treeOf(members) }));
  const callsByTrace = countCalls(trees.flatMap(({ tree }) => nestedCalls(tree)));
  return trees
    .map(({ traceId, tree }) => ({ traceId, tree, calls: callsByTrace.get(traceId) ?? [] }))
    .sort((one, other) => byBeginning(one.tree.roots[0]!, other.tree.roots[0]!));
}

/** The calls of traces, each once, by trace and in the order in which they began. */
export function countCalls(nested: readonly NestedCall[]): Map<string, CountedCall[]> {
  const byService = groupBy(nested, ({ spans: [span] }) => span!.service ?? '');
  const calls = ofOneRequest([...byService.values()].flatMap(besideEachOther)).map(mergedCall);
  return groupBy(
    calls.sort((one, other) => byBeginning(one.span, other.span)),
    ({ span }) => span.traceId,
  );
}

/** Joins groups that have one request id: two services, or a library that is installed twice, can record one request. */
function ofOneRequest(groups: readonly NestedCall[][]): NestedCall[][] {
  const byId = new Map<string, NestedCall[]>();
  return groups.filter((group) => {
    const id = requestIdIn(group);
    const known = id === undefined ? undefined : byId.get(id);
    if (known) known.push(...group);
    else if (id !== undefined) byId.set(id, group);
    return !known;
  });
}

function requestIdIn(group: readonly NestedCall[]): string | undefined {
  for (const { spans } of group) {
    const found = spans.find(hasRequestId);
    if (found) return found.requestId;
  }
  return undefined;
}

/** One call out of several that are the same. What one span lacks is taken from the others. */
function mergedCall(calls: readonly NestedCall[]): CountedCall {
  const sorted = calls.length === 1 ? calls : [...calls].sort(byPrecedence);
  const main = sorted[0]!;
  const withTokens = sorted.find(({ counted }) => counted) ?? main;
  const span = withTokens.counted ?? withTokens.spans[0]!;
  const spans = spansOf(span, sorted);
  const { tokens, maybeCachedInput } = mergedTokens(span, spans);
  const { failed, errorType = '' } = main.spans[0]!;
  const stopped = failed && STOPPED.test(errorType);
  return {
    span,
    spans,
    basis: main.basis,
    tokens,
    maybeCachedInput,
    requestId: (main.spans.find(hasRequestId) ?? spans.find(hasRequestId))?.requestId,
    model: (spans.find(hasFullId) ?? spans.find(({ model }) => model !== undefined))?.model,
    region: spans.find(({ region }) => region !== undefined)?.region,
    provider: spans.find(({ provider }) => provider !== 'unknown')?.provider ?? 'unknown',
    firstTokenMs: spans.find((each) => each.firstTokenMs !== undefined)?.firstTokenMs,
    failed: failed && !stopped,
    stopped,
  };
}

/** Each span once, the counted one first. */
function spansOf(counted: Span, calls: readonly NestedCall[]): readonly Span[] {
  const [only, ...others] = calls;
  if (others.length === 0 && only!.spans[0] === counted) return only!.spans;
  return [...new Set([counted, ...calls.flatMap(({ spans }) => spans)])];
}

const hasRequestId = ({ requestId }: Span): boolean => requestId !== undefined;
const hasFullId = ({ model }: Span): boolean => model !== undefined && isFullId(model);

/** The one with a request id first, else the one that began last: it is the nearest to the call. */
function byPrecedence(one: NestedCall, other: NestedCall): number {
  const rank = (call: NestedCall): number => (call.spans.some(({ requestId }) => requestId) ? 0 : 1);
  return rank(one) - rank(other) || byBeginning(other.spans[0]!, one.spans[0]!);
}

/**
 * The tokens of the counted span and, where it has none of the cache, those that another span of the call has. Input and cached
 * tokens are taken from one span, or the cached ones are taken off first: of one call Strands says 4,127 and botocore 14.
 */
function mergedTokens(span: Span, spans: readonly Span[]): { readonly tokens?: SpanTokens; readonly maybeCachedInput: number } {
  const { tokens } = span;
  if (!tokens) return { maybeCachedInput: 0 };
  if (cached(tokens) > 0) return uncached(span, tokens);
  const source = spans.find((each) => each.tokens && cached(each.tokens) > 0 && each.tokens.output === tokens.output);
  if (!source?.tokens) return { tokens, maybeCachedInput: 0 };
  if (span.inputForm !== 'excludesCache') return uncached(source, source.tokens);
  const { cacheRead, cacheWrite } = source.tokens;
  return { tokens: { ...tokens, cacheRead, cacheWrite }, maybeCachedInput: 0 };
}

function uncached({ inputForm }: Span, tokens: SpanTokens): { readonly tokens: SpanTokens; readonly maybeCachedInput: number } {
  if (inputForm === 'excludesCache') return { tokens, maybeCachedInput: 0 };
  // By the conventions of OpenTelemetry input includes cached tokens, so that is the guess for a library that is not known.
  const input = Math.max(0, tokens.input - cached(tokens));
  return { tokens: { ...tokens, input }, maybeCachedInput: inputForm === 'unknown' ? tokens.input - input : 0 };
}

const cached = ({ cacheRead, cacheWrite }: SpanTokens): number => cacheRead + cacheWrite;

/** An id with its vendor, or an ARN: libraries cut it off, and then two prices are possible. */
const isFullId = (model: string): boolean => /^[\w-]+\.[a-z]|^arn:/.test(model);

function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

import { matched } from './matching';
import { canBeSameModel } from './model-names';
import type { NestedCall } from './nested-calls';
import type { Span } from './span';
import { byBeginning } from './span-tree';

/**
 * Calls of other libraries at the same time that one call is compared with. A trace in which more overlap is one of load tests,
 * and then the nearest are compared.
 */
const MAX_COMPARED = 64;

/** Clocks of milliseconds let an inner span begin before, or end after, the outer one. */
export const CLOCK_MS = 2;

/** How well two calls fit; the best is the least. */
enum Fit {
  REQUEST_ID,
  /** Input and cached tokens are equal too. */
  ALL_TOKENS_AND_TIME,
  /** Input is equal with or without cached tokens. */
  TOKENS_AND_TIME,
  OUTPUT_AND_TIME,
  OUTPUT,
  /** One of the two has no tokens. */
  TIME,
}

interface Pair {
  readonly one: NestedCall;
  readonly other: NestedCall;
  readonly fit: Fit;
  /** How far apart they begin and end, in milliseconds. */
  readonly distance: number;
}

/**
 * Joins calls that two libraries recorded beside each other: spans of different scopes, none above the other, that overlap in
 * time, with the same output tokens and the same model. LangChain under Traceloop or OpenInference beside botocore is such a
 * case. They can be in different traces, but not of different services.
 *
 * @param calls of one service
 * @returns groups of calls that are one call
 */
export function besideEachOther(calls: readonly NestedCall[]): NestedCall[][] {
  const scopes = scopesOf(calls);
  if (scopes.length < 2) return calls.map((call) => [call]);
  const sorted = [...calls].sort((one, other) => byBeginning(innermost(one), innermost(other)));
  const pairs = pairsOf(sorted);
  const groupOf = new Map<NestedCall, NestedCall[]>();
  for (const scope of scopes) {
    const edges = pairs.flatMap(({ one, other }) => [...edge(one, other, scope, groupOf), ...edge(other, one, scope, groupOf)]);
    const partners = matched(edges);
    for (const call of sorted) {
      if (scopeOf(call) !== scope) continue;
      const group = partners.get(call) ?? [];
      group.push(call);
      groupOf.set(call, group);
    }
  }
  return [...new Set(groupOf.values())];
}

/** Those with request ids first: a request id tells calls apart that look the same otherwise. */
function scopesOf(calls: readonly NestedCall[]): string[] {
  const withIds = new Map<string, number>();
  for (const call of calls) withIds.set(scopeOf(call), (withIds.get(scopeOf(call)) ?? 0) + idsOf(call).length);
  return [...withIds].sort(([one, ids], [other, otherIds]) => otherIds - ids || (one < other ? -1 : 1)).map(([scope]) => scope);
}

/** A call of the scope, and the group of another one that it can join. */
function edge(call: NestedCall, partner: NestedCall, scope: string, groupOf: ReadonlyMap<NestedCall, NestedCall[]>) {
  const group = scopeOf(call) === scope ? groupOf.get(partner) : undefined;
  // Two requests are two calls, whatever else they have in common.
  return group && new Set([call, ...group].flatMap(idsOf)).size <= 1 ? [{ one: call, other: group }] : [];
}

function pairsOf(calls: readonly NestedCall[]): Pair[] {
  const pairs: Pair[] = [];
  calls.forEach((one, at) => {
    let compared = 0;
    for (let next = at + 1; next < calls.length && compared < MAX_COMPARED; next += 1) {
      const other = calls[next]!;
      if (innermost(other).start > Math.max(spanOf(one).end, outermost(one).end) + CLOCK_MS) break;
      if (scopeOf(other) === scopeOf(one)) continue;
      compared += 1;
      const fit = fitOf(one, other);
      if (fit !== undefined) pairs.push({ one, other, fit, distance: distanceOf(spanOf(one), spanOf(other)) });
    }
  });
  // The sort is stable, so pairs that are equally near stay in the order in which their calls began.
  return pairs.sort((one, other) => one.fit - other.fit || one.distance - other.distance);
}

function fitOf(call: NestedCall, candidate: NestedCall): Fit | undefined {
  const [one, other] = [spanOf(call), spanOf(candidate)];
  if (call.basis !== candidate.basis || isAboveOrBelow(call, candidate)) return undefined;
  if (one.requestId !== undefined && one.requestId === other.requestId) return Fit.REQUEST_ID;
  if (!canBeSameModel(one.model, other.model) || one.start > other.end || other.start > one.end) return undefined;
  const isInside = contains(one, other) || contains(other, one);
  if (!one.tokens || !other.tokens) return isInside ? Fit.TIME : undefined;
  if (one.tokens.output !== other.tokens.output) return undefined;
  return isInside ? fitOfTokens(call, candidate) : Fit.OUTPUT;
}

function fitOfTokens(call: NestedCall, candidate: NestedCall): Fit {
  if (knownTokens(call) === knownTokens(candidate)) return Fit.ALL_TOKENS_AND_TIME;
  const inputs = inputsOf(spanOf(candidate));
  return inputsOf(spanOf(call)).some((input) => inputs.includes(input)) ? Fit.TOKENS_AND_TIME : Fit.OUTPUT_AND_TIME;
}

/** Input and cached tokens by the span of a call that tells most. Of calls at one time, those that agree in both belong together. */
function knownTokens({ spans }: NestedCall): string {
  const told = spans.flatMap(({ tokens, inputForm }) =>
    tokens ? [{ ...tokens, cached: tokens.cacheRead + tokens.cacheWrite, inputForm }] : [],
  );
  const most = told.reduce((best, each) => (each.cached > best.cached ? each : best), told[0]!);
  return `${most.inputForm === 'excludesCache' ? most.input : most.input - most.cached} ${most.cached}`;
}

/** The input with and without cached tokens: libraries differ, and one of two may not have them. */
function inputsOf({ tokens }: Span): number[] {
  const { input, cacheRead, cacheWrite } = tokens!;
  return [input, input - cacheRead - cacheWrite, input + cacheRead + cacheWrite];
}

const isAboveOrBelow = (call: NestedCall, candidate: NestedCall): boolean =>
  call.order === candidate.order && (isAbove(call, candidate) || isAbove(candidate, call));

const isAbove = (call: NestedCall, other: NestedCall): boolean =>
  call.order.isAbove(innermost(call), innermost(other)) || call.order.isAbove(outermost(call), innermost(other));

const contains = (outer: Span, inner: Span): boolean => inner.start >= outer.start - CLOCK_MS && inner.end <= outer.end + CLOCK_MS;

const distanceOf = (one: Span, other: Span): number => Math.abs(one.start - other.start) + Math.abs(one.end - other.end);

const idsOf = ({ spans }: NestedCall): string[] => spans.flatMap(({ requestId }) => requestId ?? []);
const innermost = ({ spans }: NestedCall): Span => spans[0]!;
const outermost = ({ spans }: NestedCall): Span => spans.at(-1)!;
const spanOf = (call: NestedCall): Span => call.counted ?? innermost(call);
/** The library of a call. */
export const scopeOf = (call: NestedCall): string => spanOf(call).scope;

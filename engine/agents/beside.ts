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
const CLOCK_MS = 2;

interface Pair {
  readonly one: NestedCall;
  readonly other: NestedCall;
  /** 0 where both have one request id, 1 where their output tokens are equal, 2 where one of them has no tokens. */
  readonly grade: 0 | 1 | 2;
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
  if (new Set(calls.map(scopeOf)).size < 2) return calls.map((call) => [call]);
  const sorted = [...calls].sort((one, other) => byBeginning(innermost(one), innermost(other)));
  const groupOf = new Map(sorted.map((call) => [call, [call]]));
  for (const { one, other } of pairsOf(sorted)) {
    const [first, second] = [groupOf.get(one)!, groupOf.get(other)!];
    if (first === second || sharesScope(first, second) || idsDiffer(first, second)) continue;
    first.push(...second);
    for (const call of second) groupOf.set(call, first);
  }
  return [...new Set(groupOf.values())];
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
      const grade = gradeOf(one, other);
      if (grade !== undefined) pairs.push({ one, other, grade, distance: distanceOf(spanOf(one), spanOf(other)) });
    }
  });
  // The sort is stable, so pairs that are equally near stay in the order in which their calls began.
  return pairs.sort((a, b) => a.grade - b.grade || a.distance - b.distance);
}

function gradeOf(call: NestedCall, candidate: NestedCall): Pair['grade'] | undefined {
  const [one, other] = [spanOf(call), spanOf(candidate)];
  if (call.basis !== candidate.basis || isAboveOrBelow(call, candidate)) return undefined;
  if (one.requestId !== undefined && one.requestId === other.requestId) return 0;
  if (!canBeSameModel(one.model, other.model) || !overlap(one, other)) return undefined;
  if (one.tokens && other.tokens) return one.tokens.output === other.tokens.output ? 1 : undefined;
  return contains(one, other) || contains(other, one) ? 2 : undefined;
}

const isAboveOrBelow = (call: NestedCall, candidate: NestedCall): boolean =>
  call.tree === candidate.tree &&
  (call.tree.isAbove(innermost(call), innermost(candidate)) ||
    call.tree.isAbove(innermost(candidate), innermost(call)) ||
    call.tree.isAbove(outermost(call), innermost(candidate)) ||
    call.tree.isAbove(outermost(candidate), innermost(call)));

const overlap = (one: Span, other: Span): boolean => one.start <= other.end && other.start <= one.end;

const contains = (outer: Span, inner: Span): boolean => inner.start >= outer.start - CLOCK_MS && inner.end <= outer.end + CLOCK_MS;

const distanceOf = (one: Span, other: Span): number => Math.abs(one.start - other.start) + Math.abs(one.end - other.end);

const sharesScope = (one: readonly NestedCall[], other: readonly NestedCall[]): boolean =>
  one.some((call) => other.some((each) => scopeOf(each) === scopeOf(call)));

/** Two requests are two calls, whatever else they have in common. */
const idsDiffer = (one: readonly NestedCall[], other: readonly NestedCall[]): boolean => {
  const ids = [...one, ...other].flatMap(({ spans }) => spans.flatMap(({ requestId }) => requestId ?? []));
  return new Set(ids).size > 1;
};

const innermost = ({ spans }: NestedCall): Span => spans[0]!;
const outermost = ({ spans }: NestedCall): Span => spans.at(-1)!;
const spanOf = (call: NestedCall): Span => call.counted ?? innermost(call);
const scopeOf = (call: NestedCall): string => spanOf(call).scope;

import { covers, overlap, parseRange, type Range } from './range';
import type { Routing } from './row-fields';
import type { Tier } from './types';

/** The calls of one model for which a price holds. */
export interface CallSet {
  readonly routings: readonly Routing[];
  /** All Regions where absent. */
  readonly regions?: readonly string[];
  readonly tier: Tier;
  readonly context?: Range;
  readonly spec: Readonly<Record<string, string>>;
  /** In milliseconds, up to but without `until`; -Infinity and Infinity where the period is open. */
  readonly from: number;
  readonly until: number;
}

const ANY_CONTEXT: Range = { min: 0, max: Infinity };

/** Whether all calls of the inner set are in the outer one. */
export function includesCalls(outer: CallSet, inner: CallSet): boolean {
  return (
    outer.tier === inner.tier &&
    outer.from <= inner.from &&
    inner.until <= outer.until &&
    inner.routings.every((routing) => outer.routings.includes(routing)) &&
    (!outer.regions || (inner.regions?.every((region) => outer.regions!.includes(region)) ?? false)) &&
    covers(outer.context ?? ANY_CONTEXT, inner.context ?? ANY_CONTEXT) &&
    Object.entries(outer.spec).every(([axis, value]) => axis in inner.spec && sameOrRanges(value, inner.spec[axis]!, covers))
  );
}

/** Whether some call is in both sets. */
export function shareCalls(one: CallSet, other: CallSet): boolean {
  return (
    one.tier === other.tier &&
    one.from < other.until &&
    other.from < one.until &&
    one.routings.some((routing) => other.routings.includes(routing)) &&
    (!one.regions || !other.regions || one.regions.some((region) => other.regions!.includes(region))) &&
    overlap(one.context ?? ANY_CONTEXT, other.context ?? ANY_CONTEXT) &&
    Object.entries(one.spec).every(([axis, value]) => !(axis in other.spec) || sameOrRanges(value, other.spec[axis]!, overlap))
  );
}

function sameOrRanges(one: string, other: string, compare: (one: Range, other: Range) => boolean): boolean {
  const first = parseRange(one);
  const second = parseRange(other);
  return first && second ? compare(first, second) : one === other;
}

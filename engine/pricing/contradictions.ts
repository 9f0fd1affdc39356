import { includesCalls, shareCalls } from './call-set';
import type { Discount } from './discount';
import type { Override } from './override';

/**
 * The first two overrides between which cannot be decided, as a message: they set other rates of one kind for a call, and the
 * calls of neither lie inside those of the other.
 */
export function overrideContradiction(overrides: readonly Override[]): string | undefined {
  return contradiction(
    'overrides',
    overrides,
    ({ rule }) => rule.row!.id,
    (one, other) => {
      if (one.model !== other.model || !shareCalls(one.calls, other.calls)) return undefined;
      const kinds = Object.keys(one.rule.rates).filter(
        (kind) => kind in other.rule.rates && one.rule.rates[kind] !== other.rule.rates[kind],
      );
      if (kinds.length === 0) return undefined;
      const [inside, outside] = [includesCalls(one.calls, other.calls), includesCalls(other.calls, one.calls)];
      if (inside !== outside) return undefined;
      return `set different rates of ${kinds.join(', ')} for ${waysOut(inside, 'the same calls', 'some calls', 'Region, routing, context, spec or date')}`;
    },
  );
}

/** As for overrides, of discounts for one model or one provider. */
export function discountContradiction(discounts: readonly Discount[]): string | undefined {
  return contradiction(
    'discounts',
    discounts,
    ({ name }) => name,
    (one, other) => {
      const apart = one.model !== other.model || one.provider !== other.provider || one.from >= other.until || other.from >= one.until;
      if (apart || one.remaining === other.remaining) return undefined;
      const [inside, outside] = [includesPeriod(one, other), includesPeriod(other, one)];
      return inside === outside ? `take different percentages for ${waysOut(inside, 'the same days', 'some days', 'date')}` : undefined;
    },
  );
}

/** The most specific first: an entry is included in more entries than those that include it. */
export function bySpecificity<T>(entries: readonly T[], includes: (outer: T, inner: T) => boolean): T[] {
  return entries
    .map((entry) => ({ entry, outer: entries.filter((other) => includes(other, entry)).length }))
    .sort((one, other) => other.outer - one.outer)
    .map(({ entry }) => entry);
}

export function includesPeriod(outer: Discount, inner: Discount): boolean {
  return outer.from <= inner.from && inner.until <= outer.until;
}

function contradiction<T>(
  list: string,
  entries: readonly T[],
  nameOf: (entry: T) => string,
  between: (one: T, other: T) => string | undefined,
): string | undefined {
  for (const [at, one] of entries.entries()) {
    for (let next = at + 1; next < entries.length; next += 1) {
      const problem = between(one, entries[next]!);
      if (problem === undefined) continue;
      return `${list} contradict each other: ${list}[${at}] '${nameOf(one)}' and ${list}[${next}] '${nameOf(entries[next]!)}' ${problem}`;
    }
  }
  return undefined;
}

function waysOut(equal: boolean, all: string, some: string, axes: string): string {
  return equal
    ? `${all}: remove one of them, or narrow one of them by ${axes}`
    : `${some}, and neither lies inside the other: narrow one of them by ${axes}, until it lies inside the other or apart from it`;
}

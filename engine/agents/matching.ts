/** That two things can belong together. */
export interface Edge<A, B> {
  readonly one: A;
  readonly other: B;
}

/** Changes of mind in a row. Real traces need none or one. */
const MAX_CHANGES = 32;

/**
 * Finds a partner for as many as possible, each at most one. Edges that come first are preferred, and given up only where
 * that gives another one a partner too.
 */
export function matched<A, B>(edges: ReadonlyArray<Edge<A, B>>): Map<A, B> {
  const partners = new Map<A, B>();
  const taken = new Map<B, A>();
  const choices = new Map<A, B[]>();
  for (const { one, other } of edges) {
    choices.set(one, [...(choices.get(one) ?? []), other]);
    if (partners.has(one) || taken.has(other)) continue;
    partners.set(one, other);
    taken.set(other, one);
  }

  /** Gives one a partner, if those who have one can take another instead. */
  const place = (one: A, seen: Set<B>, changes: number): boolean => {
    for (const other of choices.get(one)!) {
      if (seen.has(other)) continue;
      seen.add(other);
      const holder = taken.get(other);
      if (holder !== undefined && (changes === 0 || !place(holder, seen, changes - 1))) continue;
      partners.set(one, other);
      taken.set(other, one);
      return true;
    }
    return false;
  };
  for (const one of choices.keys()) {
    if (!partners.has(one)) place(one, new Set(), MAX_CHANGES);
  }
  return partners;
}

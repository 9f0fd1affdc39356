import type { Span } from './span';

/** Which span of a trace is above which. */
export interface SpanOrder {
  /** Whether a span is above another, at any distance. */
  readonly isAbove: (span: Span, other: Span) => boolean;
}

/** The spans of one trace, each once, and which is above which. */
export interface SpanTree extends SpanOrder {
  /** Those whose parent is not in the trace, in the order in which they began. */
  readonly roots: readonly Span[];
  /** Parents before their children. */
  readonly spans: readonly Span[];
  readonly parentOf: (span: Span) => Span | undefined;
  readonly childrenOf: (span: Span) => readonly Span[];
  /** The order of some of its spans, which keeps none of the others in memory. */
  readonly among: (spans: Iterable<Span>) => SpanOrder;
}

/** The order in which spans are shown and, where it decides anything, counted. The same for every order of arrival. */
export function byBeginning(one: Span, other: Span): number {
  return one.start - other.start || other.end - one.end || compare(one.spanId, other.spanId) || compare(one.traceId, other.traceId);
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Builds the tree of a trace in any order of its spans. Missing parents make roots, and cycles are cut where they began. */
export function treeOf(spans: Iterable<Span>): SpanTree {
  const byId = withoutCopies(spans);
  const sorted = [...byId.values()].sort(byBeginning);
  const parents = parentsOf(sorted, byId);
  const children = new Map<Span, Span[]>();
  const roots: Span[] = [];
  for (const span of sorted) {
    const parent = parents.get(span);
    if (!parent) roots.push(span);
    else if (children.has(parent)) children.get(parent)!.push(span);
    else children.set(parent, [span]);
  }
  const childrenOf = (span: Span): readonly Span[] => children.get(span) ?? [];
  const places = placesOf(roots, childrenOf);
  return {
    roots,
    spans: [...places.keys()],
    parentOf: (span) => parents.get(span),
    childrenOf,
    among: (some) => orderOf(new Map([...some].map((span) => [span, places.get(span)!]))),
    ...orderOf(places),
  };
}

const orderOf = (places: ReadonlyMap<Span, Place>): SpanOrder => ({
  isAbove: (span, other) => {
    const [above, below] = [places.get(span), places.get(other)];
    return above !== undefined && below !== undefined && above.first < below.first && below.first <= above.last;
  },
});

/** Logs deliver at least once, and two spans can have one id: of several the last to end counts, then the one that says more. */
function withoutCopies(spans: Iterable<Span>): Map<string, Span> {
  const byId = new Map<string, Span>();
  for (const span of spans) {
    const known = byId.get(span.spanId);
    if (!known || isBetter(span, known)) byId.set(span.spanId, span);
  }
  return byId;
}

function isBetter(span: Span, known: Span): boolean {
  if (span.end !== known.end) return span.end > known.end;
  const [one, other] = [JSON.stringify(span), JSON.stringify(known)];
  return one.length === other.length ? one > other : one.length > other.length;
}

function parentsOf(sorted: readonly Span[], byId: ReadonlyMap<string, Span>): Map<Span, Span> {
  const parents = new Map<Span, Span>();
  for (const span of sorted) {
    const parent = span.parentSpanId === undefined ? undefined : byId.get(span.parentSpanId);
    if (parent && parent !== span) parents.set(span, parent);
  }
  const seen = new Set<Span>();
  for (const span of sorted) {
    const path = new Set<Span>();
    for (let at: Span | undefined = span; at && !seen.has(at); at = parents.get(at)) {
      if (path.has(at)) {
        parents.delete(firstInCycle(at, parents));
        break;
      }
      path.add(at);
    }
    path.forEach((each) => seen.add(each));
  }
  return parents;
}

function firstInCycle(from: Span, parents: ReadonlyMap<Span, Span>): Span {
  let first = from;
  for (let at = parents.get(from)!; at !== from; at = parents.get(at)!) {
    if (byBeginning(at, first) < 0) first = at;
  }
  return first;
}

interface Place {
  readonly first: number;
  /** The last place below it. */
  last: number;
}

/** Numbers the spans from the roots down. A loop, because a trace can be deeper than the stack. */
function placesOf(roots: readonly Span[], childrenOf: (span: Span) => readonly Span[]): Map<Span, Place> {
  const places = new Map<Span, Place>();
  const waiting: Array<{ readonly span: Span; readonly isDone: boolean }> = [];
  const push = (spans: readonly Span[]) => {
    for (let at = spans.length - 1; at >= 0; at -= 1) waiting.push({ span: spans[at]!, isDone: false });
  };
  push(roots);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { span, isDone } = next;
    if (isDone) {
      places.get(span)!.last = places.size - 1;
    } else {
      places.set(span, { first: places.size, last: places.size });
      waiting.push({ span, isDone: true });
      push(childrenOf(span));
    }
  }
  return places;
}

import type { Span } from './span';
import type { SpanOrder, SpanTree } from './span-tree';

/** A model call within one trace: the spans of it that are above each other, and the one whose tokens count. */
export interface NestedCall {
  readonly order: SpanOrder;
  /** Innermost first. */
  readonly spans: readonly Span[];
  /** Absent where no span of the call has tokens. */
  readonly counted?: Span;
  /** `agent` where the tokens are a sum that an agent, a step or a tool wrote, in a trace whose model spans have none. */
  readonly basis: 'model' | 'agent';
}

interface Draft {
  readonly spans: Span[];
  counted?: Span;
}

/** The model calls below a span. */
interface Below {
  readonly count: number;
  /** The one whose tokens the span has if it has those of one: the last to end of those that did not fail. */
  readonly last: Draft;
  readonly hasTokens: boolean;
}

/**
 * The model calls of a trace, each once.
 *
 * Model spans that are above each other with no tool or agent between are one call, and of those with tokens the innermost
 * counts. Sums of agents, steps and tools count only where no model span of the trace has tokens.
 */
export function nestedCalls(tree: SpanTree): NestedCall[] {
  const drafts = modelCalls(tree);
  const sums = drafts.some(({ counted }) => counted) ? [] : innermostSums(tree);
  const order = tree.among([...drafts.flatMap(({ spans }) => spans), ...sums]);
  return [
    ...drafts.map((draft): NestedCall => ({ order, basis: 'model', ...draft })),
    ...sums.map((span): NestedCall => ({ order, basis: 'agent', spans: [span], counted: span })),
  ];
}

function modelCalls(tree: SpanTree): Draft[] {
  const above = modelAbove(tree);
  const below = new Map<Span, Below>();
  const drafts: Draft[] = [];
  for (let at = tree.spans.length - 1; at >= 0; at -= 1) {
    const span = tree.spans[at]!;
    if (span.role !== 'model') continue;
    const inner = below.get(span);
    const own = inner ? withOuter(span, inner) : newCall(span, drafts);
    const outer = above.get(span);
    if (outer) below.set(outer, joined(below.get(outer), own));
  }
  return drafts.reverse();
}

/** The nearest model span above each span, up to a tool or an agent: what an agent calls is not the call that asked for it. */
function modelAbove({ spans, parentOf }: SpanTree): Map<Span, Span> {
  const above = new Map<Span, Span>();
  for (const span of spans) {
    const parent = parentOf(span);
    if (!parent || parent.role === 'tool' || parent.role === 'agent') continue;
    const model = parent.role === 'model' ? parent : above.get(parent);
    if (model) above.set(span, model);
  }
  return above;
}

function newCall(span: Span, drafts: Draft[]): Below {
  const draft: Draft = { spans: [span], ...(span.tokens && { counted: span }) };
  drafts.push(draft);
  return { count: 1, last: draft, hasTokens: span.tokens !== undefined };
}

function withOuter(span: Span, inner: Below): Below {
  const { count, last, hasTokens } = inner;
  if (count === 1) last.spans.push(span);
  if (span.tokens && !hasTokens) last.counted = span;
  return { count, last, hasTokens: hasTokens || span.tokens !== undefined };
}

function joined(known: Below | undefined, other: Below): Below {
  if (!known) return other;
  const [one, two] = [known.last.spans[0]!, other.last.spans[0]!];
  const isLater = one.failed === two.failed ? two.end > one.end : one.failed;
  return { count: known.count + other.count, last: isLater ? other.last : known.last, hasTokens: known.hasTokens || other.hasTokens };
}

function innermostSums({ spans, parentOf }: SpanTree): Span[] {
  const hasSumBelow = new Set<Span>();
  const sums: Span[] = [];
  for (let at = spans.length - 1; at >= 0; at -= 1) {
    const span = spans[at]!;
    if (span.tokens && !hasSumBelow.has(span)) sums.push(span);
    const parent = parentOf(span);
    if (parent && (span.tokens || hasSumBelow.has(span))) hasSumBelow.add(parent);
  }
  return sums.reverse();
}

import type { Catalogue } from '../../engine/pricing/catalogue';
import type { PriceEngine } from '../../engine/pricing/price-engine';
import { parseRange } from '../../engine/pricing/range';
import type { PriceQuery, Quote } from '../../engine/pricing/types';

/** One of several prices of a model, and the conditions under which it holds. */
export interface Band {
  readonly context?: string;
  readonly spec?: Readonly<Record<string, string>>;
  readonly quote: Quote;
}

/** The prices of a model by length of context, size, quality or commitment. Empty if the model has one price only. */
export function bandsOf(engine: PriceEngine, catalogue: Catalogue, query: PriceQuery, quote: Quote): Band[] {
  const { model, routing } = quote.resolved;
  if (model === undefined) return [];
  const tier = quote.row?.tier ?? query.tier;

  const bands = new Map<Quote, Band>();
  for (const row of catalogue.rows(model)) {
    const { context, spec } = row.raw;
    if (row.routing !== routing || row.tier !== tier || (context === undefined && spec === undefined)) continue;
    const found = engine.quote({ ...query, contextTokens: row.context?.min ?? 0, spec: spec && exampleOf(spec) });
    if (found.unpriced === undefined && found.row) bands.set(found, { context, spec, quote: found });
  }
  return [...bands.values()].sort((one, other) => shortestContext(one) - shortestContext(other));
}

const shortestContext = ({ context }: Band): number => parseRange(context ?? '')?.min ?? 0;

/** A spec that meets the conditions of a row. For a range, its largest value, or its smallest if it has no end. */
function exampleOf(spec: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(spec).map(([axis, value]) => {
      const range = parseRange(value);
      return [axis, range ? String(range.max === Infinity ? range.min : range.max) : value];
    }),
  );
}

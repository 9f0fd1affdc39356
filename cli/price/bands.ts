import type { Catalogue } from '../../engine/pricing/catalogue';
import type { PriceEngine } from '../../engine/pricing/price-engine';
import { parseRange } from '../../engine/pricing/range';
import type { PriceQuery, Quote } from '../../engine/pricing/types';

/** A price of a model that has several, and when it holds. */
export interface Band {
  readonly context?: string;
  readonly spec?: Readonly<Record<string, string>>;
  readonly quote: Quote;
}

/** The prices that a model has by length of context, size, quality or commitment; empty if it has only one. */
export function bandsOf(engine: PriceEngine, catalogue: Catalogue, query: PriceQuery, quote: Quote): Band[] {
  const { model, routing } = quote.resolved;
  if (model === undefined) return [];
  const tier = quote.row?.tier ?? query.tier;

  const bands = new Map<Quote, Band>();
  for (const { raw, context, routing: way, tier: own } of catalogue.rows(model)) {
    if (way !== routing || own !== tier || (raw.context === undefined && raw.spec === undefined)) continue;
    const found = engine.quote({ ...query, contextTokens: context?.min ?? 0, spec: raw.spec && example(raw.spec) });
    if (found.unpriced === undefined && found.row) bands.set(found, { context: raw.context, spec: raw.spec, quote: found });
  }
  return [...bands.values()].sort((one, other) => lowest(one) - lowest(other));
}

const lowest = ({ context }: Band): number => parseRange(context ?? '')?.min ?? 0;

/** Something that a spec of the catalogue answers: of a range, its largest or its only end. */
function example(spec: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(spec).map(([axis, value]) => {
      const range = parseRange(value);
      return [axis, range ? String(range.max === Infinity ? range.min : range.max) : value];
    }),
  );
}

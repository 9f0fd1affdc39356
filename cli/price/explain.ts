import type { Catalogue } from '../../engine/pricing/catalogue';
import { KINDS } from '../../engine/pricing/kinds';
import { formatRate, formatUsd } from '../../engine/pricing/usd-text';
import type { PriceEngine } from '../../engine/pricing/price-engine';
import type { PicoUsd, PriceQuery, Quote, Tier } from '../../engine/pricing/types';
import { bandsOf } from './bands';
import { contextOf, isSumOfCalls, usageOf, type Counts } from './usage-option';

/** What is asked about one price. */
export interface Question {
  readonly modelId: string;
  readonly region: string;
  readonly tier: Tier;
  /** As the user wrote it. */
  readonly at: string;
  readonly timestamp: number;
  readonly spec?: Readonly<Record<string, string>>;
  readonly usage?: Counts;
}

/** One line of the arithmetic. */
export interface Step {
  readonly kind: string;
  readonly count: string;
  readonly rate: string;
  readonly per: string;
  readonly usd: string;
}

export interface ExplainedBand {
  readonly context?: string;
  readonly spec?: Readonly<Record<string, string>>;
  readonly rates: Readonly<Record<string, string>>;
  readonly row?: string;
  /** What the usage costs in this band. */
  readonly usd?: string;
}

/** One price, explained. Amounts are decimals in USD; what is not known is absent. */
export interface Explanation {
  readonly modelId: string;
  readonly model?: string;
  readonly name?: string;
  readonly provider?: string;
  readonly region: string;
  readonly routing: string;
  readonly tier: Tier;
  readonly at: string;
  readonly rates: Readonly<Record<string, string>>;
  readonly unit: Readonly<Record<string, string>>;
  readonly bands: readonly ExplainedBand[];
  readonly row?: string;
  readonly context?: string;
  readonly source?: string;
  readonly grade?: string;
  readonly asOf?: string;
  readonly flags: readonly string[];
  readonly unpriced?: string;
  readonly arithmetic?: readonly Step[];
  /** Kinds that were used and have no price. */
  readonly missing?: readonly string[];
  readonly usd?: string;
}

/** Explains one price: which row of the catalogue answers, and what a usage costs at it. */
export function explain(engine: PriceEngine, catalogue: Catalogue, question: Question): Explanation {
  const { usage } = question;
  const asked = { ...question, contextTokens: usage ? contextOf(usage) : 0 };
  const { query, quote, flags } = answer(engine, asked);
  const { resolved, row, rates } = quote;
  const info = resolved.model === undefined ? undefined : catalogue.model(resolved.model);
  const cost = usage && quote.unpriced === undefined ? engine.cost(quote, usageOf(usage)) : undefined;
  const bands = bandsOf(engine, catalogue, query, quote);
  const shortAssumed = usage !== undefined && isSumOfCalls(usage) && bands.some((band) => band.context !== undefined);
  return {
    modelId: question.modelId,
    model: resolved.model,
    name: info?.name,
    provider: info?.provider,
    region: question.region,
    routing: resolved.routing,
    tier: query.tier,
    at: question.at,
    rates: written(rates),
    unit: Object.fromEntries(Object.keys(rates).map((kind) => [kind, unitOf(kind)])),
    bands: bands.map((band) => ({
      context: band.context,
      spec: band.spec,
      rates: written(band.quote.rates),
      row: band.quote.row?.id,
      usd: usage && usd(engine.cost(band.quote, usageOf(usage)).usd),
    })),
    row: row?.id,
    context: row?.context,
    source: row?.source,
    grade: row?.grade,
    asOf: row?.asOf,
    flags: shortAssumed ? [...flags, 'sumOfCalls'] : flags,
    unpriced: quote.unpriced,
    arithmetic: usage && cost && steps(usage, rates, cost.byKind),
    missing: cost && cost.missing.length > 0 ? cost.missing : undefined,
    usd: usd(cost?.usd),
  };
}

/** Of provisioned capacity without a commitment, the price is the one that AWS lists without commitment. */
function answer(engine: PriceEngine, query: PriceQuery): { query: PriceQuery; quote: Quote; flags: readonly string[] } {
  const quote = engine.quote(query);
  const tier = quote.resolved.hourly ? 'provisioned' : query.tier;
  if (tier !== 'provisioned' || query.spec?.commitment !== undefined) return { query: { ...query, tier }, quote, flags: quote.flags };

  const without = { ...query, tier, spec: { ...query.spec, commitment: 'none' } };
  const assumed = engine.quote(without);
  return { query: without, quote: assumed, flags: assumed.row ? [...assumed.flags, 'noCommitmentAssumed'] : assumed.flags };
}

function steps(usage: Counts, rates: Quote['rates'], byKind: Readonly<Record<string, PicoUsd>>): Step[] {
  return [...usage]
    .filter(([kind]) => rates[kind] !== undefined)
    .map(([kind, count]) => ({
      kind,
      count: String(count),
      rate: formatRate(kind, rates[kind]!),
      per: unitOf(kind),
      usd: formatUsd(byKind[kind] ?? 0n),
    }));
}

const usd = (amount: PicoUsd | undefined): string | undefined => (amount === undefined ? undefined : formatUsd(amount));

const written = (rates: Quote['rates']): Record<string, string> =>
  Object.fromEntries(Object.entries(rates).map(([kind, rate]) => [kind, formatRate(kind, rate)]));

const unitOf = (kind: string): string => (KINDS[kind] === 'token' ? '1M tokens' : (KINDS[kind] ?? 'unit'));

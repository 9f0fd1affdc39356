import type { Catalogue } from '../../engine/pricing/catalogue';
import { KINDS } from '../../engine/pricing/kinds';
import { formatRate, formatUsd } from '../../engine/pricing/usd-text';
import type { PriceEngine } from '../../engine/pricing/price-engine';
import type { PicoUsd, PriceQuery, Quote, QuotedRow, Tier } from '../../engine/pricing/types';
import { type Band, bandsOf } from './bands';
import type { ExplainedBand, Explanation, Step } from './explanation';
import type { UsageOption } from './usage-option';

/** What the user wants to know about one price. */
export interface Question {
  readonly modelId: string;
  readonly region: string;
  readonly tier: Tier;
  /** As the user wrote it. */
  readonly at: string;
  readonly timestamp: number;
  readonly spec?: Readonly<Record<string, string>>;
  readonly usage?: UsageOption;
}

interface Answer {
  readonly query: PriceQuery;
  readonly quote: Quote;
  readonly flags: readonly string[];
}

/** Explains one price: which row of the catalogue answers, and what a usage costs at it. */
export function explain(engine: PriceEngine, catalogue: Catalogue, question: Question): Explanation {
  const { modelId, region, at, usage } = question;
  const { query, quote, flags } = answer(engine, { ...question, contextTokens: usage?.contextTokens ?? 0 });
  const bands = bandsOf(engine, catalogue, query, quote);
  // Without the lengths of the single calls, their context band is an assumption.
  const contextAssumed = usage?.isSumOfCalls === true && bands.some(({ context }) => context !== undefined);
  return {
    modelId,
    ...modelOf(catalogue, quote.resolved.model),
    region,
    routing: quote.resolved.routing,
    tier: query.tier,
    at,
    rates: ratesOf(quote),
    unit: Object.fromEntries(Object.keys(quote.rates).map((kind) => [kind, unitOf(kind)])),
    bands: bands.map((band) => explainBand(engine, band, usage)),
    ...rowOf(quote.row),
    flags: contextAssumed ? [...flags, 'sumOfCalls'] : flags,
    unpriced: quote.unpriced,
    ...(usage && quote.unpriced === undefined && costOf(engine, quote, usage)),
  };
}

/** Provisioned capacity whose commitment the user did not name is priced without a commitment, and flagged. */
function answer(engine: PriceEngine, asked: PriceQuery): Answer {
  const quote = engine.quote(asked);
  const query = { ...asked, tier: quote.resolved.hourly ? 'provisioned' : asked.tier };
  if (query.tier !== 'provisioned' || query.spec?.commitment !== undefined) return { query, quote, flags: quote.flags };

  const withoutCommitment = { ...query, spec: { ...query.spec, commitment: 'none' } };
  const assumed = engine.quote(withoutCommitment);
  const flags = assumed.row ? [...assumed.flags, 'noCommitmentAssumed'] : assumed.flags;
  return { query: withoutCommitment, quote: assumed, flags };
}

function modelOf(catalogue: Catalogue, model: string | undefined): Pick<Explanation, 'model' | 'name' | 'provider'> {
  return model === undefined ? {} : { model, name: catalogue.title(model), provider: catalogue.model(model)?.provider };
}

function explainBand(engine: PriceEngine, { context, spec, quote }: Band, usage: UsageOption | undefined): ExplainedBand {
  const usd = usage && formatKnown(engine.cost(quote, usage.usage).usd);
  return { context, spec, rates: ratesOf(quote), row: quote.row?.id, usd };
}

const rowOf = (row: QuotedRow | undefined): Pick<Explanation, 'row' | 'context' | 'source' | 'grade' | 'asOf'> => ({
  row: row?.id,
  context: row?.context,
  source: row?.source,
  grade: row?.grade,
  asOf: row?.asOf,
});

function costOf(engine: PriceEngine, quote: Quote, usage: UsageOption): Pick<Explanation, 'arithmetic' | 'missing' | 'usd'> {
  const { byKind, missing, usd } = engine.cost(quote, usage.usage);
  return {
    arithmetic: stepsOf(usage, quote, byKind),
    missing: missing.length > 0 ? missing : undefined,
    usd: formatKnown(usd),
  };
}

function stepsOf({ counts }: UsageOption, { rates }: Quote, byKind: Readonly<Record<string, PicoUsd>>): Step[] {
  return [...counts]
    .filter(([kind]) => rates[kind] !== undefined)
    .map(([kind, count]) => ({
      kind,
      count: String(count),
      rate: formatRate(kind, rates[kind]!),
      per: unitOf(kind),
      usd: formatUsd(byKind[kind] ?? 0n),
    }));
}

const formatKnown = (amount: PicoUsd | undefined): string | undefined => (amount === undefined ? undefined : formatUsd(amount));

const ratesOf = ({ rates }: Quote): Record<string, string> =>
  Object.fromEntries(Object.entries(rates).map(([kind, rate]) => [kind, formatRate(kind, rate)]));

const unitOf = (kind: string): string => (KINDS[kind] === 'token' ? '1M tokens' : (KINDS[kind] ?? 'unit'));

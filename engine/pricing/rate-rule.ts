import { ANYWHERE, matchesSpec, UNLABELLED, type PriceRow } from './price-row';
import { contains, type Range } from './range';
import type { PicoUsd, PriceQuery, QuotedRow, Tier } from './types';

/** Rates and the circumstances in which they hold, for one model, Region and routing. The first offer that holds answers. */
export interface Offer {
  readonly row: QuotedRow;
  readonly rates: Readonly<Record<string, PicoUsd>>;
  readonly from: number;
  readonly until: number;
  readonly context?: Range;
  readonly spec?: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
}

/** The part of a row that an offer is made for. */
export interface Market {
  readonly region: string;
  readonly routing: 'regional' | 'global';
  readonly tier: Tier;
}

/** What published rows offer, the better founded first. */
export function offersOf(rows: readonly PriceRow[], market: Market): Offer[] {
  const inTier = rows.filter((row) => row.tier === market.tier && row.routing === market.routing);
  const here = inTier.filter((row) => row.regions.includes(market.region) || row.regions.includes(ANYWHERE));
  // Rates without a Region come from pages about the commercial Regions; GovCloud is known to differ.
  const anywhere = market.region.startsWith('us-gov-') ? [] : inTier.filter((row) => row.regions.includes(UNLABELLED));
  return [...here.flatMap((row) => offer(row, [])), ...anywhere.flatMap((row) => offer(row, ['regionUnlabelled']))];
}

export function holds(offer: Offer, query: PriceQuery): boolean {
  return (
    query.timestamp >= offer.from &&
    query.timestamp < offer.until &&
    (offer.context === undefined || contains(offer.context, query.contextTokens)) &&
    (offer.spec === undefined || matchesSpec(offer.spec, query.spec))
  );
}

/** What is left of an offer within a period, or undefined if nothing is. */
export function within(offer: Offer, from: number, until: number): Offer | undefined {
  const narrowed = { ...offer, from: Math.max(offer.from, from), until: Math.min(offer.until, until) };
  return narrowed.from < narrowed.until ? narrowed : undefined;
}

function offer(row: PriceRow, flags: readonly string[]): Offer[] {
  const whole: Offer = {
    row: {
      id: row.id,
      source: row.raw.sources.join('+'),
      grade: row.raw.grade,
      asOf: row.raw.asOf,
      tier: row.tier,
      ...(row.raw.context && { context: row.raw.context }),
    },
    rates: row.rates,
    from: row.from,
    until: row.until,
    context: row.context,
    spec: row.raw.spec,
    flags: row.raw.disputed ? [...flags, 'disputed'] : flags,
  };
  const before = within({ ...whole, flags: [...whole.flags, 'beforeEffectiveDate'] }, -Infinity, row.effective);
  const since = within(whole, row.effective, Infinity);
  return [since, before].filter((part) => part !== undefined);
}

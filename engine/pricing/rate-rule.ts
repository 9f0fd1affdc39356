import { matchesSpec, UNLABELLED, type PriceRow } from './price-row';
import { contains, type Range } from './range';
import type { PicoUsd, PriceQuery, QuotedRow, Tier } from './types';

/** Rates, and the calls of one model, Region, routing and tier for which they hold: by time, context and spec. */
export interface RateRule {
  /** Absent for capacity that is billed by the hour and has no row. */
  readonly row?: QuotedRow;
  readonly rates: Readonly<Record<string, PicoUsd>>;
  /** In milliseconds, up to but without `until`; -Infinity and Infinity where the period is open. */
  readonly from: number;
  readonly until: number;
  readonly context?: Range;
  readonly spec?: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
}

/** The prices of a model that one rate card holds. */
export interface PriceScope {
  readonly region: string;
  readonly routing: 'regional' | 'global';
  readonly tier: Tier;
}

/** The rate rules of rows, in order of precedence: rows of the Region before rows without a Region. */
export function rateRulesFor(rows: readonly PriceRow[], scope: PriceScope): RateRule[] {
  const inTier = rows.filter((row) => row.tier === scope.tier && row.routing === scope.routing);
  const ofRegion = inTier.filter((row) => row.regions.includes(scope.region));
  // Rates without a Region come from pages about the commercial Regions. Prices in GovCloud differ.
  const unlabelled = scope.region.startsWith('us-gov-') ? [] : inTier.filter((row) => row.regions.includes(UNLABELLED));
  return [...ofRegion.flatMap((row) => rulesOfRow(row, [])), ...unlabelled.flatMap((row) => rulesOfRow(row, ['regionUnlabelled']))];
}

export function holds(rule: RateRule, query: PriceQuery): boolean {
  return (
    query.timestamp >= rule.from &&
    query.timestamp < rule.until &&
    (rule.context === undefined || contains(rule.context, query.contextTokens)) &&
    (rule.spec === undefined || matchesSpec(rule.spec, query.spec))
  );
}

/** The rule narrowed to a period; undefined where it never holds in it. */
export function within(rule: RateRule, from: number, until: number): RateRule | undefined {
  const narrowed = { ...rule, from: Math.max(rule.from, from), until: Math.min(rule.until, until) };
  return narrowed.from < narrowed.until ? narrowed : undefined;
}

/** One rule since the price was published and, flagged, one for the time before, of which no other price is known. */
function rulesOfRow(row: PriceRow, flags: readonly string[]): RateRule[] {
  const always: RateRule = {
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
  const before = within({ ...always, flags: [...always.flags, 'beforeEffectiveDate'] }, -Infinity, row.effective);
  const since = within(always, row.effective, Infinity);
  return [since, before].filter((rule) => rule !== undefined);
}

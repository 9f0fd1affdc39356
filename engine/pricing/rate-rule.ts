import { ANYWHERE, matchesSpec, UNLABELLED, type PriceRow } from './price-row';
import { contains, type Range } from './range';
import type { PicoUsd, PriceQuery, QuotedRow, Tier } from './types';

/** Rates and the circumstances in which they hold, for one model, Region and routing. The first rule that holds answers. */
export interface RateRule {
  readonly row: QuotedRow;
  readonly rates: Readonly<Record<string, PicoUsd>>;
  readonly from: number;
  readonly until: number;
  readonly context?: Range;
  readonly spec?: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
}

/** The part of a row that an rule is made for. */
export interface PriceScope {
  readonly region: string;
  readonly routing: 'regional' | 'global';
  readonly tier: Tier;
}

/** What published rows rule, the better founded first. */
export function rateRulesFor(rows: readonly PriceRow[], scope: PriceScope): RateRule[] {
  const inTier = rows.filter((row) => row.tier === scope.tier && row.routing === scope.routing);
  const here = inTier.filter((row) => row.regions.includes(scope.region) || row.regions.includes(ANYWHERE));
  // Rates without a Region come from pages about the commercial Regions; GovCloud is known to differ.
  const anywhere = scope.region.startsWith('us-gov-') ? [] : inTier.filter((row) => row.regions.includes(UNLABELLED));
  return [...here.flatMap((row) => rulesOfRow(row, [])), ...anywhere.flatMap((row) => rulesOfRow(row, ['regionUnlabelled']))];
}

export function holds(rule: RateRule, query: PriceQuery): boolean {
  return (
    query.timestamp >= rule.from &&
    query.timestamp < rule.until &&
    (rule.context === undefined || contains(rule.context, query.contextTokens)) &&
    (rule.spec === undefined || matchesSpec(rule.spec, query.spec))
  );
}

/** What is left of an rule within a period, or undefined if nothing is. */
export function within(rule: RateRule, from: number, until: number): RateRule | undefined {
  const narrowed = { ...rule, from: Math.max(rule.from, from), until: Math.min(rule.until, until) };
  return narrowed.from < narrowed.until ? narrowed : undefined;
}

function rulesOfRow(row: PriceRow, flags: readonly string[]): RateRule[] {
  const whole: RateRule = {
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

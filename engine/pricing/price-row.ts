import { parseRange, type Range } from './range';
import { RANGED_AXES, readContext, readDay, readPeriod, readRates, readRouting, readSpec, readTier } from './row-fields';
import type { PicoUsd, Tier } from './types';

/** Among the Regions of a row: the source does not say for which Regions the price holds. */
export const UNLABELLED = 'unlabelled';

/** One price as the catalogue writes it. */
export interface RawRow {
  /** The model. */
  readonly price: string;
  readonly routing: string;
  readonly tier: string;
  /** Tokens of context for which the row holds, as a range; any number where absent. */
  readonly context?: string;
  /** Further price axes, of media models and commitments: `size` and `steps` are ranges, the others must be equal. */
  readonly spec?: Readonly<Record<string, string>>;
  /** Regions, or the name of a Region set. */
  readonly regions: readonly string[] | string;
  /** USD per million tokens, or per one unit of anything else. */
  readonly rates: Readonly<Record<string, string>>;
  /** The first day on which the price held; another one held before. UTC, as all days. */
  readonly from?: string;
  /** The first day on which it no longer held. */
  readonly until?: string;
  /** The day from which the source publishes the price, where nothing says that it was different before. */
  readonly effective?: string;
  readonly sources: readonly string[];
  /** How well the price is founded: A to D. docs/prices.md describes the grades. */
  readonly grade: string;
  /** The day or month of the sources. */
  readonly asOf: string;
  /** Rates with a weaker grade than that of the row. */
  readonly weak?: Readonly<Record<string, string>>;
  /** The reason of the catalogue for preferring these rates to those of other sources. */
  readonly why?: string;
  readonly disputed?: boolean;
  /** What other sources say. */
  readonly others?: readonly string[];
}

/** One price, checked and with its numbers read. */
export interface PriceRow {
  readonly raw: RawRow;
  readonly id: string;
  readonly tier: Tier;
  readonly routing: 'regional' | 'global';
  readonly regions: readonly string[];
  readonly context?: Range;
  readonly rates: Readonly<Record<string, PicoUsd>>;
  /** In milliseconds; -Infinity and Infinity where the period is open. The same for `until` and `effective`. */
  readonly from: number;
  readonly until: number;
  readonly effective: number;
}

/**
 * Checks one row and reads its numbers.
 *
 * @throws with the name of the field that is wrong
 */
export function readRow(raw: RawRow, regionsOf: (name: string) => readonly string[] | undefined): PriceRow {
  const regions = typeof raw.regions === 'string' ? regionsOf(raw.regions) : raw.regions;
  if (!Array.isArray(regions) || regions.length === 0) {
    throw new Error(`'regions' must name a Region set or list Regions, got ${JSON.stringify(raw.regions)}`);
  }
  readSpec(raw.spec);
  return {
    raw,
    id: rowId(raw),
    tier: readTier(raw.tier),
    routing: readRouting(raw.routing),
    regions: regions as readonly string[],
    context: readContext(raw.context),
    rates: readRates(raw.rates),
    ...readPeriod(raw.from, raw.until),
    effective: readDay('effective', raw.effective, -Infinity),
  };
}

/** Whether a call has the size, quality and other axes for which a row holds. A call of which an axis is not known does not match. */
export function matchesSpec(ofRow: Readonly<Record<string, string>>, ofCall: Readonly<Record<string, string>> | undefined): boolean {
  return Object.entries(ofRow).every(([axis, value]) => {
    const actual = ofCall?.[axis];
    if (actual === undefined || !RANGED_AXES.has(axis)) return actual === value;
    // AWS has one price for images up to 1024 x 1024 and another above: the longer side decides.
    const largest = Math.max(...actual.split('x').map((part) => (/^\d+$/.test(part) ? Number(part) : NaN)));
    const range = parseRange(value);
    return range !== undefined && largest >= range.min && largest <= range.max;
  });
}

/** Names what a row is for. Unique within a catalogue, because no two rows may set the price of the same calls. */
function rowId(raw: RawRow): string {
  const where = typeof raw.regions === 'string' ? raw.regions : raw.regions.join('+');
  const spec = Object.values(raw.spec ?? {}).join(',');
  return [raw.price, raw.routing, raw.tier, raw.context, spec, where, raw.from && `from ${raw.from}`].filter(Boolean).join('/');
}

import { KINDS } from './kinds';
import { parseRange, type Range } from './range';
import { TIERS, type PicoUsd, type Tier } from './types';
import { parseRate } from './usd-text';

/** Among the Regions of a row: the source does not say for which Regions the price holds. */
export const UNLABELLED = 'unlabelled';

/** Among the Regions of a row: the price holds in all Regions. Overrides only: no published price does. */
export const ANYWHERE = '*';

/** One price as the catalogue and the overrides write it. */
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
  /** How well the price is founded: A to D, or `override`. The catalogue describes the grades. */
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

const RANGED_AXES: ReadonlySet<string> = new Set(['size', 'steps']);

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
  for (const [axis, value] of Object.entries(raw.spec ?? {})) {
    if (RANGED_AXES.has(axis) && !parseRange(value)) {
      throw new Error(`'spec.${axis}' must be a range like '0-1024' or '1025-', got '${value}'`);
    }
  }
  return {
    raw,
    id: rowId(raw),
    tier: oneOf('tier', raw.tier, TIERS),
    routing: oneOf('routing', raw.routing, ['regional', 'global'] as const),
    regions: regions as readonly string[],
    context: readContext(raw.context),
    rates: readRates(raw.rates),
    ...readPeriod(raw.from, raw.until),
    effective: readDay('effective', raw.effective, -Infinity),
  };
}

/** The period from the beginning of a day up to the beginning of another, in milliseconds; open where a day is absent. */
export function readPeriod(firstDay: string | undefined, endDay: string | undefined): { from: number; until: number } {
  const from = readDay('from', firstDay, -Infinity);
  const until = readDay('until', endDay, Infinity);
  if (from >= until) {
    throw new Error(`'until' must be after 'from', got '${firstDay}' to '${endDay}'`);
  }
  return { from, until };
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

function readRates(raw: Readonly<Record<string, string>>): Record<string, PicoUsd> {
  // Without a prototype: kinds that are looked up here come from records, and 'constructor' must not be found.
  const rates = Object.create(null) as Record<string, PicoUsd>;
  for (const [kind, text] of Object.entries(raw ?? {})) {
    if (!Object.hasOwn(KINDS, kind)) {
      throw new Error(`'rates.${kind}' is not a kind that has prices: use one of ${Object.keys(KINDS).join(', ')}`);
    }
    try {
      rates[kind] = parseRate(kind, text);
    } catch (error) {
      throw new Error(`'rates.${kind}': ${(error as Error).message}`, { cause: error });
    }
  }
  if (Object.keys(rates).length === 0) {
    throw new Error('\'rates\' must hold at least one rate, for example { "input": "3.30" }');
  }
  return rates;
}

function readContext(text: string | undefined): Range | undefined {
  if (text === undefined) return undefined;
  const range = parseRange(text);
  if (!range) {
    throw new Error(`'context' must be a range of tokens like '0-200000' or '200001-', got '${text}'`);
  }
  return range;
}

function readDay(field: string, text: string | undefined, whenAbsent: number): number {
  if (text === undefined) return whenAbsent;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  // Date.parse reads 31 February as 3 March: a day that does not exist is written differently than it was read.
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== text) {
    throw new Error(`'${field}' must be a day like '2026-09-01', got '${text}'`);
  }
  return day;
}

function oneOf<T extends string>(field: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) {
    throw new Error(`'${field}' must be one of ${allowed.join(', ')}, got '${value}'`);
  }
  return found;
}

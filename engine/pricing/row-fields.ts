import { KINDS } from './kinds';
import { parseRange, type Range } from './range';
import { TIERS, type PicoUsd, type Tier } from './types';
import { parseRate } from './usd-text';

/** Readers of the fields that prices of the catalogue and of the user have. Each throws with the name of the field. */

const ROUTINGS = ['regional', 'global'] as const;
export type Routing = (typeof ROUTINGS)[number];

/** Price axes whose values are ranges; the values of the others must be equal. */
export const RANGED_AXES: ReadonlySet<string> = new Set(['size', 'steps']);
const SPEC_AXES = ['commitment', 'quality', 'size', 'steps', 'video'];

export function readTier(tier: string): Tier {
  return oneOf('tier', tier, TIERS);
}

export function readRouting(routing: string): Routing {
  return oneOf('routing', routing, ROUTINGS);
}

export function readRates(raw: Readonly<Record<string, string>>): Record<string, PicoUsd> {
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

export function readContext(text: string | undefined): Range | undefined {
  if (text === undefined) return undefined;
  const range = parseRange(text);
  if (!range) {
    throw new Error(
      `'context' must be a range of tokens like '0-200000' or '200001-', its end not before its beginning and above 0, got '${text}'`,
    );
  }
  return range;
}

export function readSpec(spec: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  for (const [axis, value] of Object.entries(spec)) {
    if (!SPEC_AXES.includes(axis)) throw new Error(`'spec.${axis}' is not a price axis: use one of ${SPEC_AXES.join(', ')}`);
    if (RANGED_AXES.has(axis) && !parseRange(value)) {
      throw new Error(
        `'spec.${axis}' must be a range like '0-1024' or '1025-', its end not before its beginning and above 0, got '${value}'`,
      );
    }
    if (value === '') throw new Error(`'spec.${axis}' must not be empty: leave the axis out where the price holds for all its values`);
  }
  return spec;
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

export function readDay(field: string, text: string | undefined, whenAbsent: number): number {
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

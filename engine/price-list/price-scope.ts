import type { Catalogue } from '../pricing/catalogue';
import { parseRange } from '../pricing/range';
import type { RawRow } from '../pricing/price-row';
import type { PublishedRate } from './classify';

/** Rows of one model with the same key have the same scope: they differ only in Regions, kinds of consumption and time. */
export function scopeKey(row: Pick<RawRow, 'routing' | 'tier' | 'context' | 'spec'>): string {
  const spec = Object.entries(row.spec ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([row.routing, row.tier, row.context, spec]);
}

/** The Regions of a row, by name. */
export function regionsOf(row: RawRow, catalogue: Catalogue): readonly string[] {
  return typeof row.regions === 'string' ? (catalogue.regionSet(row.regions) ?? []) : row.regions;
}

/** Whether a row holds on a day, which is written as in `2026-11-21`. `until` is the first day on which it no longer holds. */
export function isInForce({ from = '', until = '9999' }: RawRow, day: string): boolean {
  return from <= day && day < until;
}

/**
 * The context band of a published rate. The Price List says only whether a context is long. Where long contexts begin is
 * taken from the catalogue: from rows of the same routing and tier in the Region, else of the same routing and tier in other
 * Regions, else of the same tier.
 *
 * @returns undefined if the rate is for long contexts and the catalogue has no band, or several, for them
 */
export function bandOf(rate: PublishedRate, rows: readonly RawRow[], inRegion: (row: RawRow) => boolean): { context?: string } | undefined {
  const ofTier = rows.filter(({ tier }) => tier === rate.tier);
  const ofRouting = ofTier.filter(({ routing }) => routing === rate.routing);
  const known = [ofRouting.filter(inRegion), ofRouting, ofTier].find((found) => found.length > 0) ?? [];
  const bands = [...new Set(known.flatMap(({ context }) => context ?? []))];
  const matching = bands.filter((band) => parseRange(band)!.min > 0 === rate.longContext);
  if (matching.length === 1) return { context: matching[0]! };
  return bands.length === 0 && !rate.longContext ? {} : undefined;
}

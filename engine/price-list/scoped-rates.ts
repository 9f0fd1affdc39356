import type { Catalogue } from '../pricing/catalogue';
import { parseRange } from '../pricing/range';
import type { RawRow } from '../pricing/price-row';
import type { PublishedRate } from './classify';

/** Rows of one model that differ in nothing but Regions, kinds and time answer for one scope. */
export function scopeKey(row: Pick<RawRow, 'routing' | 'tier' | 'context' | 'spec'>): string {
  const spec = Object.entries(row.spec ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([row.routing, row.tier, row.context, spec]);
}

/** The Regions of a row, by name. */
export function regionsOf(row: RawRow, catalogue: Catalogue): readonly string[] {
  return typeof row.regions === 'string' ? (catalogue.regionSet(row.regions) ?? []) : row.regions;
}

/**
 * The context band of a published rate. The price list says only whether a context is long; where it begins to be long is
 * known to the catalogue, from the rows of the same scope in the Region or, failing those, elsewhere or of another routing.
 *
 * @returns undefined if the rate is for long contexts and nobody knows which those are
 */
export function bandOf(rate: PublishedRate, rows: readonly RawRow[], inRegion: (row: RawRow) => boolean): { context?: string } | undefined {
  const ofTier = rows.filter(({ tier }) => tier === rate.tier);
  const scope = ofTier.filter(({ routing }) => routing === rate.routing);
  const known = [scope.filter(inRegion), scope, ofTier].find((found) => found.length > 0) ?? [];
  const bands = [...new Set(known.flatMap(({ context }) => context ?? []))];
  const wanted = bands.filter((band) => parseRange(band)!.min > 0 === rate.longContext);
  if (wanted.length === 1) return { context: wanted[0]! };
  return bands.length === 0 && !rate.longContext ? {} : undefined;
}

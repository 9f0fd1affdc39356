import { ANYWHERE, type PriceRow } from './price-row';
import { overlap, parseRange } from './range';

/** Whether some question would be answered by both rows. */
export function conflict(one: PriceRow, other: PriceRow): boolean {
  return (
    one.tier === other.tier &&
    one.routing === other.routing &&
    one.from < other.until &&
    other.from < one.until &&
    Object.keys(one.rates).some((kind) => kind in other.rates) &&
    sharesRegion(one.regions, other.regions) &&
    (!one.context || !other.context || overlap(one.context, other.context)) &&
    sharesSpec(one.raw.spec ?? {}, other.raw.spec ?? {})
  );
}

/** Every pair of rows that would answer the same question, by their ids. */
export function conflicts(rows: readonly PriceRow[]): string[] {
  return rows.flatMap((one, at) =>
    rows.slice(at + 1).flatMap((other) => (conflict(one, other) ? [`'${one.id}' and '${other.id}' answer the same question`] : [])),
  );
}

function sharesRegion(one: readonly string[], other: readonly string[]): boolean {
  return one.includes(ANYWHERE) || other.includes(ANYWHERE) || one.some((region) => other.includes(region));
}

function sharesSpec(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  return Object.entries(one).every(([axis, value]) => {
    const counterpart = other[axis];
    if (counterpart === undefined) return true;
    const ranges = [parseRange(value), parseRange(counterpart)];
    return ranges[0] && ranges[1] ? overlap(ranges[0], ranges[1]) : value === counterpart;
  });
}

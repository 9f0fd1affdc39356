import type { PriceRow } from './price-row';
import { overlap, parseRange } from './range';

/** Every pair of rows, by their ids, that would both set the price of some call. */
export function rowConflicts(rows: readonly PriceRow[]): string[] {
  return rows.flatMap((one, at) =>
    rows
      .slice(at + 1)
      .filter((other) => haveCallInCommon(one, other))
      .map((other) => `'${one.id}' and '${other.id}' set the price of the same calls`),
  );
}

function haveCallInCommon(one: PriceRow, other: PriceRow): boolean {
  return (
    one.tier === other.tier &&
    one.routing === other.routing &&
    one.from < other.until &&
    other.from < one.until &&
    Object.keys(one.rates).some((kind) => kind in other.rates) &&
    one.regions.some((region) => other.regions.includes(region)) &&
    (!one.context || !other.context || overlap(one.context, other.context)) &&
    haveSpecInCommon(one.raw.spec ?? {}, other.raw.spec ?? {})
  );
}

function haveSpecInCommon(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  return Object.entries(one).every(([axis, value]) => {
    const counterpart = other[axis];
    if (counterpart === undefined) return true;
    const ranges = [parseRange(value), parseRange(counterpart)];
    return ranges[0] && ranges[1] ? overlap(ranges[0], ranges[1]) : value === counterpart;
  });
}

/** Every name that is read, with its place in the list of values. */
const places = new Map<string, number>();

/** The names under which one thing is, in order of precedence, and their places. */
export interface AttributeKeys {
  readonly names: readonly string[];
  readonly places: readonly number[];
}

/**
 * Names of attributes that are read. This makes the allow-list: an attribute that is named nowhere is never looked at. A name has a place
 * in a list of values, because a hundred names are asked for in each span: a search by name takes twice the time of everything else.
 */
export const keys = (...names: string[]): AttributeKeys => ({ names, places: names.map(placeOf) });

export function placeOf(name: string): number {
  const known = places.get(name);
  if (known !== undefined) return known;
  places.set(name, places.size);
  return places.size - 1;
}

/** To be read when all names are known: see span-keys.ts. */
export const knownPlaces: ReadonlyMap<string, number> = places;

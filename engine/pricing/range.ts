/** An inclusive range as the catalogue writes it: `0-1024`, or `1025-` without an upper end. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

const RANGE = /^(\d+)-(\d*)$/;

/** Undefined where the text is not a range, or is one in which no number above 0 lies, or has a number that is not exact. */
export function parseRange(text: string): Range | undefined {
  const [, first, last] = RANGE.exec(text) ?? [];
  if (first === undefined) return undefined;
  const range = { min: Number(first), max: last ? Number(last) : Infinity };
  const exact = Number.isSafeInteger(range.min) && (!last || Number.isSafeInteger(range.max));
  return exact && range.max > 0 && range.min <= range.max ? range : undefined;
}

export function contains(range: Range, value: number): boolean {
  return value >= range.min && value <= range.max;
}

export function overlap(one: Range, other: Range): boolean {
  return one.min <= other.max && other.min <= one.max;
}

export function covers(outer: Range, inner: Range): boolean {
  return outer.min <= inner.min && inner.max <= outer.max;
}

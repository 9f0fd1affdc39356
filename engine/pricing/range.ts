/** An inclusive range as the catalogue writes it: `0-1024`, or `1025-` without an upper end. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

const RANGE = /^(\d+)-(\d*)$/;

/** Undefined where the text is not a range. */
export function parseRange(text: string): Range | undefined {
  const match = RANGE.exec(text);
  return match ? { min: Number(match[1]), max: match[2] ? Number(match[2]) : Infinity } : undefined;
}

export function contains(range: Range, value: number): boolean {
  return value >= range.min && value <= range.max;
}

export function overlap(one: Range, other: Range): boolean {
  return one.min <= other.max && other.min <= one.max;
}

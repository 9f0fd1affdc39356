/** Values by the start of their period, in seconds since the epoch. A missing key is a missing datapoint. */
export interface Series {
  readonly label: string;
  readonly values: ReadonlyMap<number, number>;
}

/** What a part of an expression can be: a number, a word or text, one series, or an array of series. */
export type MathValue = number | string | Series | readonly Series[];

/** Where an expression finds what it names. */
export interface MathContext {
  /** Starts of the periods that are evaluated, in seconds since the epoch, oldest first. */
  readonly starts: readonly number[];
  readonly periodSeconds: number;
  /** The result of another query by its id; throws for an unknown one. */
  readonly lookup: (id: string) => Series | readonly Series[];
  /** Ids of the plain metrics, for METRICS(). */
  readonly metricIds?: readonly string[];
  /** The series that SEARCH finds; where it is absent, SEARCH is refused, as CloudWatch does in alarms. */
  readonly search?: (query: string, statistic: string, periodSeconds: number) => readonly Series[];
}

/** An expression that this evaluator cannot read. Its result is unknown, never a guess. */
export class UnsupportedMath extends Error {}

/** One series; a number becomes a series that has it in each period. */
export function asSeries(value: MathValue | undefined, where: string, { starts }: Pick<MathContext, 'starts'>): Series {
  if (typeof value === 'number') {
    return { label: where, values: new Map(starts.map((start) => [start, value])) };
  }
  if (value === undefined || typeof value === 'string' || isArray(value)) {
    throw new UnsupportedMath(`${where} needs one series, got ${describe(value)}`);
  }
  return value;
}

/** An array of series; one series is an array of one. */
export function asArray(value: MathValue | undefined, where: string): readonly Series[] {
  if (value === undefined || typeof value === 'number' || typeof value === 'string') {
    throw new UnsupportedMath(`${where} needs series, got ${describe(value)}`);
  }
  return isArray(value) ? value : [value];
}

export function isArray(value: MathValue | undefined): value is readonly Series[] {
  return Array.isArray(value);
}

export function describe(value: MathValue | undefined): string {
  return value === undefined ? 'nothing' : typeof value === 'object' ? (isArray(value) ? 'an array' : 'a series') : `'${value}'`;
}

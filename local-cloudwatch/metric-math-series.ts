import { asArray, asSeries, isArray, type MathContext, type MathValue, type Series, UnsupportedMath } from './metric-math-values';

/** One series: in each period a fold over the datapoints of all series of an array. */
export function perPeriod(
  array: readonly Series[],
  label: string,
  { starts }: MathContext,
  fold: (values: readonly number[]) => number,
): Series {
  return {
    label,
    values: datapointsAt(starts, (start) => {
      const values = array.map((series) => series.values.get(start)).filter((value) => value !== undefined);
      return values.length ? fold(values) : undefined;
    }),
  };
}

/** Gives a value to the periods without a datapoint. */
export function fill(series: Series, filler: MathValue | undefined, context: MathContext): Series {
  const { starts } = context;
  if (filler === 'REPEAT') {
    let last: number | undefined;
    return { ...series, values: datapointsAt(starts, (start) => (last = series.values.get(start) ?? last)) };
  }
  if (filler === 'LINEAR') {
    const known = starts.filter((start) => series.values.has(start));
    return { ...series, values: datapointsAt(starts, (start) => series.values.get(start) ?? interpolate(series, known, start)) };
  }
  if (typeof filler === 'string') {
    throw new UnsupportedMath(`FILL needs a number, a series, REPEAT or LINEAR, got '${filler}'`);
  }
  const other = asSeries(filler, 'FILL', context);
  return { ...series, values: datapointsAt(starts, (start) => series.values.get(start) ?? other.values.get(start)) };
}

/** The value on the straight line between the datapoints before and after. */
function interpolate(series: Series, known: readonly number[], start: number): number | undefined {
  const before = known.filter((time) => time < start).at(-1);
  const after = known.find((time) => time > start);
  if (before === undefined || after === undefined) {
    return undefined;
  }
  const [low, high] = [series.values.get(before)!, series.values.get(after)!];
  return low + ((high - low) * (start - before)) / (after - before);
}

/** The difference of each datapoint to the one before it, and the seconds between them. */
export function changes(series: Series, of: (change: number, seconds: number) => number): Series {
  const points = [...series.values].sort(([a], [b]) => a - b);
  return {
    ...series,
    values: new Map(
      points.slice(1).map(([start, value], index) => {
        const [before, old] = points[index]!;
        return [start, of(value - old, start - before)];
      }),
    ),
  };
}

/** Changes one series, or each series of an array. */
export function mapSeries(value: MathValue | undefined, where: string, change: (series: Series) => Series): MathValue {
  const changed = asArray(value, where).map(change);
  return isArray(value) ? changed : changed[0]!;
}

export function mapDatapoints(series: Series, map: (value: number) => number): Series {
  const points = [...series.values].sort(([a], [b]) => a - b);
  return { ...series, values: new Map(points.map(([start, value]) => [start, map(value)])) };
}

/** The datapoints of the periods for which there is a value. */
export function datapointsAt(starts: readonly number[], at: (start: number) => number | undefined): Map<number, number> {
  const points = starts.map((start) => [start, at(start)] as const);
  return new Map(points.filter((point): point is readonly [number, number] => point[1] !== undefined));
}

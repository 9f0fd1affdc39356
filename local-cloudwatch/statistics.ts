type Fold = (values: readonly number[]) => number;

export const sum: Fold = (values) => values.reduce((total, value) => total + value, 0);
export const mean: Fold = (values) => sum(values) / values.length;
export const minimum: Fold = (values) => values.reduce((least, value) => (value < least ? value : least), Infinity);
export const maximum: Fold = (values) => values.reduce((most, value) => (value > most ? value : most), -Infinity);

/** The standard deviation of all values, not of a sample of them. */
export const standardDeviation: Fold = (values) => {
  const average = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - average) ** 2)));
};

/** The smallest value that at least this percentage of the values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]!;
}

/** The values of one minute. All statistics but percentiles need only their totals, which are kept up to date. */
export class MinuteValues {
  public readonly values: number[] = [];
  public sum = 0;
  public minimum = Infinity;
  public maximum = -Infinity;

  public add(values: readonly number[]): void {
    for (const value of values) {
      this.values.push(value);
      this.sum += value;
      this.minimum = value < this.minimum ? value : this.minimum;
      this.maximum = value > this.maximum ? value : this.maximum;
    }
  }
}

type Minutes = readonly MinuteValues[];

const total = (minutes: Minutes): number => minutes.reduce((all, minute) => all + minute.sum, 0);
const count = (minutes: Minutes): number => minutes.reduce((all, { values }) => all + values.length, 0);

const STATISTICS: Readonly<Record<string, (minutes: Minutes) => number>> = {
  Sum: total,
  Average: (minutes) => total(minutes) / count(minutes),
  Minimum: (minutes) => minimum(minutes.map((minute) => minute.minimum)),
  Maximum: (minutes) => maximum(minutes.map((minute) => minute.maximum)),
  SampleCount: count,
};

/** A statistic of CloudWatch, such as `Sum` or `p95`, over some minutes that have values. Refuses one that it does not know. */
export function statisticOf(statistic: string, minutes: Minutes): number {
  const percent = /^p(\d+(?:\.\d+)?)$/.exec(statistic)?.[1];
  if (percent !== undefined) {
    return percentile(
      minutes.flatMap(({ values }) => values),
      Number(percent),
    );
  }
  if (!Object.hasOwn(STATISTICS, statistic)) {
    throw new Error(`the statistic '${statistic}' is not among ${Object.keys(STATISTICS).join(', ')} and percentiles`);
  }
  return STATISTICS[statistic]!(minutes);
}

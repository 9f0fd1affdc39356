import { MinuteValues, statisticOf } from './statistics';

/** A metric by its namespace, name and exact set of dimensions. */
export interface MetricName {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A period from its start up to, and without, its end, in seconds since the epoch. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

/** How many minutes after its minute a datapoint can be read. */
export interface Delay {
  minutes(name: MetricName, minute: number): number;
  /** The most that `minutes` returns: older periods are complete. */
  readonly longest: number;
}

/** The values of one metric by minute. Minutes are counted since the epoch. */
export class StoredMetric {
  private readonly minutes = new Map<number, MinuteValues>();
  /** Statistics of complete periods by their start. Alarms and signals ask for the same ones every few minutes. */
  private readonly complete = new Map<string, Map<number, number | undefined>>();

  /** @param past the same metric in the store that this one was forked from */
  constructor(
    public readonly name: MetricName,
    private readonly past?: StoredMetric,
  ) {}

  public add(minute: number, values: readonly number[]): void {
    let own = this.minutes.get(minute);
    if (!own) {
      this.minutes.set(minute, (own = new MinuteValues()));
      own.add(this.past?.at(minute)?.values ?? []);
    }
    own.add(values);
    if (this.complete.size > 0) {
      this.complete.clear();
    }
  }

  /** A statistic of a period as it can be read at a moment, in seconds since the epoch; undefined without data. */
  public statistic(statistic: string, { start, end }: Period, now: number, delay: Delay): number | undefined {
    const [from, to, present] = [Math.ceil(start / 60), Math.ceil(end / 60), Math.floor(now / 60)];
    if (to + delay.longest > present) {
      return this.compute(statistic, from, to, (minute) => minute + delay.minutes(this.name, minute) <= present);
    }
    const kind = `${statistic} ${to - from}`;
    let known = this.complete.get(kind);
    if (!known) {
      this.complete.set(kind, (known = new Map<number, number | undefined>()));
    }
    const value = known.get(from);
    if (value !== undefined || known.has(from)) {
      return value;
    }
    const computed = this.compute(statistic, from, to, () => true);
    known.set(from, computed);
    return computed;
  }

  private compute(statistic: string, from: number, to: number, isVisible: (minute: number) => boolean): number | undefined {
    const found: MinuteValues[] = [];
    for (let minute = from; minute < to; minute++) {
      const values = this.at(minute);
      if (values && isVisible(minute)) {
        found.push(values);
      }
    }
    return found.length > 0 ? statisticOf(statistic, found) : undefined;
  }

  private at(minute: number): MinuteValues | undefined {
    return this.minutes.get(minute) ?? this.past?.at(minute);
  }
}

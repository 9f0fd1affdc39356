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
    let known = this.minutes.get(minute);
    if (!known) {
      this.minutes.set(minute, (known = new MinuteValues()));
      known.add(this.past?.at(minute)?.values ?? []);
    }
    known.add(values);
    if (this.complete.size > 0) {
      this.complete.clear();
    }
  }

  /** A statistic of a period as it can be read at a moment, in seconds since the epoch; undefined without data. */
  public statistic(statistic: string, { start, end }: Period, now: number, delay: Delay): number | undefined {
    return this.values(statistic, [start], end - start, now, delay)[0];
  }

  /** The same for periods of one length, by their starts. */
  public values(statistic: string, starts: readonly number[], seconds: number, now: number, delay: Delay): Array<number | undefined> {
    const present = Math.floor(now / 60);
    const completeUntil = (present - delay.longest) * 60;
    const isVisible = (minute: number) => minute + delay.minutes(this.name, minute) <= present;
    const complete = this.completePeriods(statistic, seconds);
    return starts.map((start) => {
      const end = start + seconds;
      if (end > completeUntil) {
        return this.compute(statistic, start, end, isVisible);
      }
      let value = complete.get(start);
      if (value === undefined && !complete.has(start)) {
        complete.set(start, (value = this.compute(statistic, start, end)));
      }
      return value;
    });
  }

  private completePeriods(statistic: string, seconds: number): Map<number, number | undefined> {
    const kind = `${statistic} ${seconds}`;
    let periods = this.complete.get(kind);
    if (!periods) {
      this.complete.set(kind, (periods = new Map<number, number | undefined>()));
    }
    return periods;
  }

  private compute(statistic: string, start: number, end: number, isVisible?: (minute: number) => boolean): number | undefined {
    const found: MinuteValues[] = [];
    for (let minute = Math.ceil(start / 60); minute < end / 60; minute++) {
      const values = this.at(minute);
      if (values && (!isVisible || isVisible(minute))) {
        found.push(values);
      }
    }
    return found.length > 0 ? statisticOf(statistic, found) : undefined;
  }

  private at(minute: number): MinuteValues | undefined {
    return this.minutes.get(minute) ?? this.past?.at(minute);
  }
}

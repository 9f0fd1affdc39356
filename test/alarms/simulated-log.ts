import type { LogRow } from '../../local-cloudwatch/logs-insights';

/** Log events by minute. */
export class SimulatedLog {
  /** @param minutes the events of each minute */
  constructor(private readonly minutes: Array<readonly LogRow[]> = []) {}

  /** A log that begins with the events of this one. */
  fork(): SimulatedLog {
    return new SimulatedLog(this.minutes.slice());
  }

  add(minute: number, members: ReadonlyArray<readonly [string, string | number]>): void {
    this.minutes[minute] = [...(this.minutes[minute] ?? []), new Map(members)];
  }

  /** The events from a minute up to, and without, another. */
  between(from: number, to: number): LogRow[] {
    return this.minutes.slice(Math.max(0, from), Math.max(0, to)).flatMap((rows) => rows);
  }
}

import type { PicoUsd } from '../pricing/types';
import type { UnusableRecord } from '../records/call';
import type { RatedCall } from '../rating/rater';
import { LedgerWriter } from '../ledger/ledger-writer';
import type { Breakdown } from './breakdown-totals';
import { LineTexts } from './line-texts';
import type { PromptHash } from './meter-environment';
import type { MeterMetrics } from './meter-metrics';
import { MinuteTotals } from './minute-totals';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Kept free on both sides of CloudWatch's window, for the time until CloudWatch reads the line. */
const MARGIN = 5 * MINUTE;

/** CloudWatch takes metrics up to two weeks old and up to two hours ahead. Source: CloudWatch API reference, PutMetricData. */
const OLDEST = 14 * 24 * HOUR - MARGIN;
const NEWEST = 2 * HOUR - MARGIN;

interface BatchProps {
  readonly breakdowns: readonly Breakdown[];
  /** Absent without a ledger. */
  readonly ledger?: LedgerWriter;
  readonly now: number;
  /** Absent where prompts are not to be hashed. */
  readonly promptHash?: PromptHash | 'unavailable';
}

/** The flag of a call whose prompt was to be hashed and could not be. */
const NOT_HASHED = 'promptNotHashed';

/** Collects what the records of a batch come to, by event minute, and renders it as lines. */
export class Batch {
  private readonly minutes = new Map<number, MinuteTotals>();
  /** Records too old or too new for metrics of their own minute: only their states are counted, in the current minute. */
  private readonly outside: MinuteTotals;
  private readonly lines = new LineTexts();
  private latestMinute = Number.NaN;
  private latestTotals: MinuteTotals;

  constructor(private readonly props: BatchProps) {
    this.outside = this.latestTotals = this.newTotals();
  }

  /** Counts a record once its line is made: one whose line cannot be made throws, and is not counted. */
  public add(rated: RatedCall): void {
    const { ledger } = this.props;
    const totals = this.totalsAt(rated.call.time);
    const line = ledger && rated.counts ? this.line(rated, ledger, totals === this.outside) : undefined;
    totals.add(rated);
    if (line !== undefined) {
      this.lines.add(line);
    }
  }

  /** Malformed records have a ledger line even where there is no ledger: it is how they are found. */
  public addUnusable(record: UnusableRecord): void {
    this.totalsAt(record.time ?? this.props.now).records[record.kind]++;
    if (record.kind === 'malformed') {
      this.lines.add(LedgerWriter.malformedLine(record));
    }
  }

  /**
   * Everything to be written, as texts of whole lines. Metric lines come last.
   *
   * @param failedLookUps how many optional look-ups failed for this batch
   */
  public async texts(metrics: MeterMetrics, failedLookUps = 0): Promise<readonly string[]> {
    this.publishValues();
    const parts: Array<readonly string[]> = [];
    for (const [minute, totals] of this.minutes) {
      parts.push(await metrics.lines(minute, totals));
    }
    const { recordCount } = this.outside;
    if (recordCount > 0) {
      parts.push(await metrics.stateLines(minuteOf(this.props.now), this.outside), [outsideNotice(recordCount)]);
    }
    if (failedLookUps > 0) {
      parts.push(await metrics.failedLookUpLines(minuteOf(this.props.now), failedLookUps));
    }
    parts.flat().forEach((line) => this.lines.add(line));
    return this.lines.texts;
  }

  private line(rated: RatedCall, ledger: LedgerWriter, outsideMetricWindow: boolean): string {
    const { promptHash } = this.props;
    const { inputBody } = rated.call;
    if (promptHash === undefined || inputBody === undefined) {
      return ledger.line(rated, { outsideMetricWindow });
    }
    try {
      if (promptHash !== 'unavailable') {
        return ledger.line(rated, { outsideMetricWindow, promptHash: promptHash(inputBody) });
      }
    } catch {
      // The hash is no reason to lose the line.
    }
    const flagged = { ...rated, call: { ...rated.call, flags: [...rated.call.flags, NOT_HASHED] } };
    return ledger.line(flagged, { outsideMetricWindow });
  }

  /** Which values of each breakdown are published is decided once, over all minutes of the batch. */
  private publishValues(): void {
    const { breakdowns, now } = this.props;
    breakdowns.forEach(({ values }, at) => {
      const costs = new Map<string, PicoUsd>();
      for (const totals of this.minutes.values()) {
        totals.breakdowns[at]!.costs.forEach(({ low }, value) => costs.set(value, (costs.get(value) ?? 0n) + low));
      }
      values.publish(costs, now);
    });
  }

  private totalsAt(time: number): MinuteTotals {
    const minute = minuteOf(time);
    // Records come in order: most belong to the minute of the one before.
    if (minute !== this.latestMinute) {
      this.latestMinute = minute;
      this.latestTotals = this.isOutside(minute) ? this.outside : this.totalsOf(minute);
    }
    return this.latestTotals;
  }

  private isOutside(minute: number): boolean {
    return minute < this.props.now - OLDEST || minute > this.props.now + NEWEST;
  }

  private totalsOf(minute: number): MinuteTotals {
    const totals = this.minutes.get(minute) ?? this.newTotals();
    this.minutes.set(minute, totals);
    return totals;
  }

  private newTotals(): MinuteTotals {
    return new MinuteTotals(this.props.breakdowns);
  }
}

const minuteOf = (time: number): number => time - (time % MINUTE);

const outsideNotice = (records: number): string =>
  JSON.stringify({
    level: 'WARN',
    message: `${records} records are more than two weeks old or two hours ahead: CloudWatch takes no metrics for them, their cost is in the ledger only`,
  });

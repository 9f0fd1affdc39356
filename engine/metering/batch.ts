import type { UnusableRecord } from '../records/call';
import type { RatedCall } from '../rating/rater';
import { LedgerWriter } from '../ledger/ledger-writer';
import type { Breakdown } from './breakdown-totals';
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
  readonly promptHash?: PromptHash;
}

/** Collects what the records of a batch come to, by event minute, and renders it as lines. */
export class Batch {
  private readonly minutes = new Map<number, MinuteTotals>();
  /** Records too old or too new for metrics of their own minute: only their states are counted, in the current minute. */
  private readonly outside: MinuteTotals;
  private readonly lines: string[] = [];
  private latestMinute = Number.NaN;
  private latestTotals: MinuteTotals;

  constructor(private readonly props: BatchProps) {
    this.outside = this.latestTotals = this.newTotals();
  }

  public add(rated: RatedCall): void {
    const { ledger, promptHash } = this.props;
    const totals = this.totalsAt(rated.call.time);
    totals.add(rated);
    if (ledger && rated.counts) {
      const outsideMetricWindow = totals === this.outside;
      this.lines.push(ledger.line(rated, { promptHash: promptHash?.(rated.call.inputBody), outsideMetricWindow }));
    }
  }

  /** Malformed records have a ledger line even where there is no ledger: it is how they are found. */
  public addUnusable(record: UnusableRecord): void {
    this.totalsAt(record.time ?? this.props.now).records[record.kind]++;
    if (record.kind === 'malformed') {
      this.lines.push(LedgerWriter.malformedLine(record));
    }
  }

  /** Everything to be written, as one text of whole lines. */
  public async text(metrics: MeterMetrics): Promise<string> {
    const parts = [this.lines];
    for (const [minute, totals] of this.minutes) {
      parts.push(await metrics.lines(minute, totals));
    }
    const { recordCount } = this.outside;
    if (recordCount > 0) {
      parts.push(await metrics.stateLines(minuteOf(this.props.now), this.outside), [outsideNotice(recordCount)]);
    }
    const lines = parts.flat();
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
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
    return new MinuteTotals(this.props.breakdowns, this.props.now);
  }
}

const minuteOf = (time: number): number => time - (time % MINUTE);

const outsideNotice = (records: number): string =>
  JSON.stringify({
    level: 'WARN',
    message: `${records} records are more than two weeks old or two hours ahead: CloudWatch takes no metrics for them, their cost is in the ledger only`,
  });

import type { UnusableRecord } from '../records/call';
import type { RatedCall } from '../rating/rater';
import { LedgerWriter } from '../ledger/ledger-writer';
import { MinuteTotals, type Breakdown } from './minute-totals';
import type { PromptHash } from './meter-environment';
import type { MeterMetrics } from './meter-metrics';

const MINUTE = 60_000;

/** CloudWatch refuses metrics older than two weeks or more than two hours ahead; five minutes are kept for the way there. */
const OLDEST = 14 * 24 * 60 * MINUTE - 5 * MINUTE;
const NEWEST = 120 * MINUTE - 5 * MINUTE;

export interface BatchProps {
  readonly breakdowns: readonly Breakdown[];
  /** Absent without a ledger. */
  readonly ledger?: LedgerWriter;
  readonly now: number;
  readonly promptHash?: PromptHash;
}

/** Collects what a batch of records comes to, by event minute, and renders it as lines. */
export class Batch {
  private readonly minutes = new Map<number, MinuteTotals>();
  /** Calls too old or too new for their own minute: only their states are counted, now. */
  private readonly outside: MinuteTotals;
  private readonly lines: string[] = [];
  private lastMinute = -1;
  private lastTotals: MinuteTotals;

  constructor(private readonly props: BatchProps) {
    this.outside = this.lastTotals = this.newTotals();
  }

  public add(rated: RatedCall): void {
    const totals = this.totalsAt(rated.call.time);
    totals.add(rated);
    const { ledger, promptHash } = this.props;
    if (ledger && rated.counts) {
      this.lines.push(ledger.line(rated, { promptHash: promptHash?.(rated.call.inputBody), outsideMetricWindow: totals === this.outside }));
    }
  }

  public addOther(record: UnusableRecord): void {
    this.totalsAt(record.time ?? this.props.now).records[record.kind]++;
    if (record.kind === 'malformed') {
      this.lines.push(LedgerWriter.malformedLine(record));
    }
  }

  /** Everything to be written, as one text of whole lines. */
  public async text(telemetry: MeterMetrics): Promise<string> {
    for (const [minute, totals] of this.minutes) {
      this.lines.push(...(await telemetry.lines(minute, totals)));
    }
    if (this.outside.total > 0) {
      const now = this.props.now - (this.props.now % MINUTE);
      this.lines.push(...(await telemetry.stateLines(now, this.outside)));
      this.lines.push(outsideNotice(this.outside.total));
    }
    return this.lines.length === 0 ? '' : `${this.lines.join('\n')}\n`;
  }

  private totalsAt(time: number): MinuteTotals {
    const minute = time - (time % MINUTE);
    if (minute === this.lastMinute) {
      return this.lastTotals;
    }
    const { now } = this.props;
    let totals = minute < now - OLDEST || minute > now + NEWEST ? this.outside : this.minutes.get(minute);
    if (!totals) {
      this.minutes.set(minute, (totals = this.newTotals()));
    }
    this.lastMinute = minute;
    return (this.lastTotals = totals);
  }

  private newTotals(): MinuteTotals {
    return new MinuteTotals(this.props.breakdowns, this.props.now);
  }
}

const outsideNotice = (records: number): string =>
  JSON.stringify({
    level: 'WARN',
    message: `${records} records are more than two weeks old or two hours ahead: CloudWatch takes no metrics for them, their cost is in the ledger only`,
  });

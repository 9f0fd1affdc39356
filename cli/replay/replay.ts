import { Duplicates } from '../../engine/rating/duplicates';
import { Rater } from '../../engine/rating/rater';
import type { Prices } from '../../engine/rating/unit-prices';
import type { Call, UnusableRecord } from '../../engine/records/call';
import { readSource } from '../input/record-reader';
import type { Source } from '../input/source';
import type { Period } from '../options/period';
import { type CostRange, costOf, flagsOf } from './call-cost';
import { outputOfCall, outputOfUnusable, type OutputRecord } from './output-record';
import type { ReplaySummary } from './replay-summary';
import { replayedCall, type ReplayedCall } from './replayed-call';

export interface ReplayProps {
  readonly prices: Prices;
  readonly summary: ReplaySummary;
  /** Calls outside of this time are not priced. */
  readonly period: Period;
  /** As in FinderOptions. */
  readonly longTexts?: boolean;
  readonly outputs: ReadonlyArray<{ write(record: OutputRecord): void }>;
  /** Called with each call. */
  readonly onCall?: (rated: ReplayedCall, cost: CostRange) => void;
  readonly onMalformed: (where: string, reason: string) => void;
  /** Called for each source and once every STEP records, with the name of the source that is being read. */
  readonly onProgress: (name: string) => void;
}

/** Records between two looks at the clock, and between two times at which the oldest request ids are forgotten. */
const STEP = 4096;

/**
 * Calls among which copies are recognised, at least. Twice as many and a STEP are below 2¹⁷, the number of ids for which the
 * table has room, so that it is never enlarged.
 */
const WINDOW = 60_000;

/** Prices exported records from any number of sources. A record that cannot be read does not affect the others. */
export class Replay {
  private readonly seen = new Duplicates(WINDOW);
  private readonly rater: Rater;
  private records = 0;

  constructor(private readonly props: ReplayProps) {
    this.rater = new Rater(props.prices, this.seen);
  }

  /**
   * Reads a source to its end.
   *
   * @throws if the source breaks off. The message says why and after which line; the records up to there have been priced
   */
  public async read(source: Source): Promise<void> {
    const { name } = source;
    const { longTexts, onProgress } = this.props;
    onProgress(name);
    const record = (parsed: Call | UnusableRecord, _: unknown, line: number): void => {
      this.record(parsed, name, line);
      this.step(name);
    };
    await readSource(source, { record }, { longTexts });
  }

  /** Counted over all sources: S3 deliveries are many files of a few records each. */
  private step(name: string): void {
    this.records += 1;
    if (this.records % STEP !== 0) return;
    this.seen.confirm();
    this.props.onProgress(name);
  }

  private record(parsed: Call | UnusableRecord, name: string, line: number): void {
    const { period, summary, outputs, onCall } = this.props;
    if (parsed.time !== undefined && (parsed.time < period.from || parsed.time >= period.until)) {
      summary.outsidePeriod += 1;
      return;
    }
    if (parsed.kind !== 'call') return this.unusable(parsed, name, line);
    const rated = replayedCall(this.rater.rate(parsed), this.props.prices);
    const cost = costOf(rated);
    const flags = flagsOf(rated, cost);
    summary.addCall(rated, cost, flags);
    onCall?.(rated, cost);
    if (outputs.length > 0) this.write(outputOfCall(rated, cost, flags));
  }

  private unusable(record: UnusableRecord, name: string, line: number): void {
    this.props.summary.addUnusable(record);
    if (record.kind === 'malformed') this.props.onMalformed(`${name}:${line}`, record.reason);
    this.write(outputOfUnusable(record));
  }

  private write(record: OutputRecord): void {
    for (const output of this.props.outputs) output.write(record);
  }
}

import { Duplicates } from '../../engine/rating/duplicates';
import { eventTime } from '../../engine/records/event-time';
import { parseRecord } from '../../engine/records/parse-record';
import { Rater } from '../../engine/rating/rater';
import type { Prices } from '../../engine/rating/unit-prices';
import { readLines } from '../input/lines';
import { flagsOf, replayedUnusable, replayedRecordOf, type ReplayedRecord } from './replayed-record';
import type { Source } from '../input/source';
import type { Tally } from './tally';

export interface ReplayProps {
  readonly prices: Prices;
  readonly tally: Tally;
  /** Event times that are counted: from, and up to but without until. */
  readonly from: number;
  readonly until: number;
  readonly outputs: ReadonlyArray<{ write(outcome: ReplayedRecord): void }>;
  /** A record that cannot be read as one. */
  readonly onMalformed: (where: string, reason: string) => void;
  /** From time to time. */
  readonly onProgress: (source: Source) => void;
}

/** How many lines are read between two looks at the clock. */
const STEP = 4096;

/** How many calls are remembered at least, to tell copies apart. Just below a power of two, with room for a step: tables are filled, not grown. */
const WINDOW = 60_000;

const NOTHING = { low: 0, high: 0 };
/** What a record begins with when nothing was put before it. */
const BRACE = 123;

const LINE_TOO_LONG = 'longer than 16 million characters';

/** Prices exported records, whichever source they come from. What follows a bad record is priced all the same. */
export class Replay {
  private readonly seen = new Duplicates(WINDOW);
  private readonly rater: Rater;

  constructor(private readonly props: ReplayProps) {
    this.rater = new Rater(props.prices, this.seen);
  }

  /**
   * Reads a source to its end.
   *
   * @throws if it cannot be read to its end, with the line up to which it was
   */
  public async read(source: Source): Promise<void> {
    let line = 0;
    const next = () => {
      line += 1;
      if (line % STEP === 0) {
        this.seen.confirm();
        this.props.onProgress(source);
      }
    };
    try {
      await readLines(await source.open(), {
        line: (text) => {
          next();
          if (text.length > 2 || text.trim() !== '') this.record(text, source.name, line);
        },
        tooLong: () => {
          next();
          this.other({ kind: 'malformed', reason: LINE_TOO_LONG }, source.name, line);
        },
      });
    } catch (error) {
      if (line > 0) (error as Error).message = `${(error as Error).message} (after line ${line})`;
      throw error;
    }
  }

  private record(text: string, name: string, line: number): void {
    const { message, received } = text.charCodeAt(0) === BRACE ? { message: text, received: undefined } : eventOf(text);
    const parsed = parseRecord(message, received);
    const { from, until, tally, outputs } = this.props;
    if (parsed.time !== undefined && (parsed.time < from || parsed.time >= until)) {
      tally.outside += 1;
      return;
    }
    if (parsed.kind !== 'call') {
      const list = line === 1 && /^\s*[[{]\s*$|^\s*\[/.test(message);
      const reason = list ? `${parsed.reason}: records must be one a line, as 'jq -c' writes them` : parsed.reason;
      this.other({ ...parsed, reason }, name, line);
      return;
    }
    const rated = this.rater.rate(parsed);
    const { usage, unitPrices, status } = rated;
    const cost = status === 'priced' && usage && unitPrices ? (unitPrices.fastCost(usage) ?? unitPrices.cost(usage)) : NOTHING;
    tally.add(rated, cost, flagsOf(rated, cost));
    if (outputs.length > 0) this.write(replayedRecordOf(rated, cost));
  }

  private other(record: Parameters<typeof replayedUnusable>[0], name: string, line: number): void {
    this.props.tally.addOther(record);
    if (record.kind === 'malformed') this.props.onMalformed(`${name}:${line}`, record.reason);
    this.write(replayedUnusable(record));
  }

  private write(outcome: ReplayedRecord): void {
    for (const output of this.props.outputs) output.write(outcome);
  }
}

/** CloudWatch Logs exports put the time of receipt before each event. */
function eventOf(text: string): { message: string; received?: number } {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const code = text.charCodeAt(start);
  const space = code >= 48 && code <= 57 ? text.indexOf(' ', start) : -1;
  const received = space < 0 ? undefined : eventTime(text.slice(start, space));
  return received === undefined ? { message: start === 0 ? text : text.slice(start) } : { message: text.slice(space + 1), received };
}

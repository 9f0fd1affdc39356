import { isCompleted, isTruncated } from '../records/stop-reasons';
import type { RatedCall, Status } from '../rating/rater';
import type { UnitPrices } from '../rating/unit-prices';
import type { Usage } from '../pricing/types';

/** Token sums, to be priced once. */
export type Sums = { -readonly [K in keyof Omit<Usage, 'units'>]: number } & { units?: Record<string, number> };

const emptySums = (): Sums => ({ input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheWrite: 0, output: 0 });

/** What was used at each unitPrices. */
export type Consumption = Map<UnitPrices, Sums>;

/** One more way to breakdown the cost: an attribute and its values. */
export interface Breakdown {
  readonly attribute: string;
  /** What the record says. */
  rawValue(rated: RatedCall): unknown;
  /** What to show of it; undefined if there is nothing. */
  shownValue(raw: unknown, now: number): string | undefined;
}

/** The sums to which the last call at a unitPrices was added. */
interface Recent {
  readonly raw: unknown;
  readonly sums: Sums;
}

/** Everything that is counted about the calls of one event minute. */
export class MinuteTotals {
  public readonly records: Record<Status, number> = { priced: 0, unpriced: 0, ignored: 0, malformed: 0 };
  public calls = 0;
  public errors = 0;
  public completed = 0;
  public truncated = 0;
  /** Calls that told why they stopped. */
  public stopped = 0;
  public readonly latenciesMs: number[] = [];
  /** Tokens of calls without a price. */
  public readonly unpriced: Sums = emptySums();
  /** Priced consumption by attribute and value. */
  public readonly byBreakdown: ReadonlyArray<Map<string, Consumption>>;
  private readonly recent: ReadonlyArray<Map<UnitPrices, Recent>>;

  constructor(
    private readonly breakdowns: readonly Breakdown[],
    private readonly now: number,
  ) {
    this.byBreakdown = breakdowns.map(() => new Map<string, Consumption>());
    this.recent = breakdowns.map(() => new Map<UnitPrices, Recent>());
  }

  /** The records of every state. */
  public get total(): number {
    const { priced, unpriced, ignored, malformed } = this.records;
    return priced + unpriced + ignored + malformed;
  }

  public add(rated: RatedCall): void {
    this.records[rated.status]++;
    if (!rated.counts) {
      return;
    }
    this.calls++;
    const { errorCode, facts } = rated.call;
    if (errorCode !== undefined) {
      this.errors++;
    }
    if (facts?.stopReason !== undefined) {
      this.stopped++;
      this.completed += isCompleted(facts.stopReason) ? 1 : 0;
      this.truncated += isTruncated(facts.stopReason) ? 1 : 0;
    }
    if (facts?.latencyMs !== undefined) {
      this.latenciesMs.push(facts.latencyMs);
    }
    if (rated.usage) {
      this.consume(rated, rated.usage);
    }
  }

  private consume(rated: RatedCall, usage: Usage): void {
    if (rated.status !== 'priced') {
      addTo(this.unpriced, usage);
      return;
    }
    const unitPrices = rated.unitPrices!;
    for (let i = 0; i < this.breakdowns.length; i++) {
      const raw = this.breakdowns[i]!.rawValue(rated);
      const recent = this.recent[i]!.get(unitPrices);
      const sums = recent && recent.raw === raw ? recent.sums : this.find(i, unitPrices, raw);
      if (sums) {
        addTo(sums, usage);
      }
    }
  }

  private find(breakdown: number, unitPrices: UnitPrices, raw: unknown): Sums | undefined {
    const value = this.breakdowns[breakdown]!.shownValue(raw, this.now);
    if (value === undefined) {
      return undefined;
    }
    const sums = sumsOf(this.byBreakdown[breakdown]!, value, unitPrices);
    this.recent[breakdown]!.set(unitPrices, { raw, sums });
    return sums;
  }
}

function sumsOf(values: Map<string, Consumption>, value: string, unitPrices: UnitPrices): Sums {
  let consumption = values.get(value);
  if (!consumption) {
    values.set(value, (consumption = new Map<UnitPrices, Sums>()));
  }
  let sums = consumption.get(unitPrices);
  if (!sums) {
    consumption.set(unitPrices, (sums = emptySums()));
  }
  return sums;
}

function addTo(sums: Sums, usage: Usage): void {
  sums.input += usage.input;
  sums.cacheRead += usage.cacheRead;
  sums.cacheWrite5m += usage.cacheWrite5m;
  sums.cacheWrite1h += usage.cacheWrite1h;
  sums.cacheWrite += usage.cacheWrite;
  sums.output += usage.output;
  if (usage.units) {
    sums.units ??= {};
    for (const [kind, count] of Object.entries(usage.units)) {
      sums.units[kind] = (sums.units[kind] ?? 0) + count;
    }
  }
}

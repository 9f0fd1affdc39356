import { isCompleted, isTruncated } from '../records/stop-reasons';
import type { Settled, Status } from '../rating/rater';
import type { Tariff } from '../rating/unit-prices';
import type { Usage } from '../pricing/types';

/** Token sums, to be priced once. */
export type Sums = { -readonly [K in keyof Omit<Usage, 'units'>]: number } & { units?: Record<string, number> };

const emptySums = (): Sums => ({ input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheWrite: 0, output: 0 });

/** What was used at each tariff. */
export type Consumption = Map<Tariff, Sums>;

/** One more way to split the cost: an attribute and its values. */
export interface Split {
  readonly attribute: string;
  /** What the record says. */
  rawOf(settled: Settled): unknown;
  /** What to show of it; undefined if there is nothing. */
  valueOf(raw: unknown, now: number): string | undefined;
}

/** The sums to which the last call at a tariff was added. */
interface Recent {
  readonly raw: unknown;
  readonly sums: Sums;
}

/** Everything that is counted about the calls of one event minute. */
export class MinuteTotals {
  public readonly records: Record<Status, number> = { priced: 0, unpriced: 0, ignored: 0, poison: 0 };
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
  public readonly splits: ReadonlyArray<Map<string, Consumption>>;
  private readonly recent: ReadonlyArray<Map<Tariff, Recent>>;

  constructor(
    private readonly by: readonly Split[],
    private readonly now: number,
  ) {
    this.splits = by.map(() => new Map<string, Consumption>());
    this.recent = by.map(() => new Map<Tariff, Recent>());
  }

  /** The records of every state. */
  public get total(): number {
    const { priced, unpriced, ignored, poison } = this.records;
    return priced + unpriced + ignored + poison;
  }

  public add(settled: Settled): void {
    this.records[settled.status]++;
    if (!settled.counts) {
      return;
    }
    this.calls++;
    const { errorCode, facts } = settled.call;
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
    if (settled.usage) {
      this.consume(settled, settled.usage);
    }
  }

  private consume(settled: Settled, usage: Usage): void {
    if (settled.status !== 'priced') {
      addTo(this.unpriced, usage);
      return;
    }
    const tariff = settled.tariff!;
    for (let i = 0; i < this.by.length; i++) {
      const raw = this.by[i]!.rawOf(settled);
      const recent = this.recent[i]!.get(tariff);
      const sums = recent && recent.raw === raw ? recent.sums : this.find(i, tariff, raw);
      if (sums) {
        addTo(sums, usage);
      }
    }
  }

  private find(split: number, tariff: Tariff, raw: unknown): Sums | undefined {
    const value = this.by[split]!.valueOf(raw, this.now);
    if (value === undefined) {
      return undefined;
    }
    const sums = sumsOf(this.splits[split]!, value, tariff);
    this.recent[split]!.set(tariff, { raw, sums });
    return sums;
  }
}

function sumsOf(values: Map<string, Consumption>, value: string, tariff: Tariff): Sums {
  let consumption = values.get(value);
  if (!consumption) {
    values.set(value, (consumption = new Map<Tariff, Sums>()));
  }
  let sums = consumption.get(tariff);
  if (!sums) {
    consumption.set(tariff, (sums = emptySums()));
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

import type { PicoUsd, Usage } from '../../engine/pricing/types';
import type { RatedCall } from '../../engine/rating/rater';
import { ExactSum } from './exact-sum';

/** Beyond this many names the rest is counted together: logs can name any number of callers. */
const MOST = 10_000;
export const THE_REST = '(other)';

/** The range of a cost in pico-dollars, as doubles where they are exact. */
export interface CostRange {
  readonly low: PicoUsd | number;
  readonly high: PicoUsd | number;
}

/** What calls come to, exactly. */
export class Total {
  public calls = 0;
  public priced = 0;
  public input = 0;
  public cacheRead = 0;
  public cacheWrite = 0;
  public output = 0;
  private readonly least = new ExactSum();
  /** What the cost may be more. */
  private readonly more = new ExactSum();

  public add({ status, usage }: RatedCall, cost: CostRange): void {
    this.calls += 1;
    if (usage) this.addTokens(usage);
    if (status !== 'priced') return;
    this.priced += 1;
    this.least.add(cost.low);
    if (cost.high !== cost.low) this.more.add(BigInt(cost.high) - BigInt(cost.low));
  }

  public get low(): PicoUsd {
    return this.least.value;
  }

  public get high(): PicoUsd {
    return this.least.value + this.more.value;
  }

  /** What totals of different calls come to together. */
  public static of(totals: Iterable<Total>): Total {
    const all = new Total();
    for (const total of totals) {
      all.calls += total.calls;
      all.priced += total.priced;
      all.input += total.input;
      all.cacheRead += total.cacheRead;
      all.cacheWrite += total.cacheWrite;
      all.output += total.output;
      all.least.add(total.least.value);
      all.more.add(total.more.value);
    }
    return all;
  }

  private addTokens(usage: Usage): void {
    this.input += usage.input;
    this.cacheRead += usage.cacheRead;
    this.cacheWrite += usage.cacheWrite5m + usage.cacheWrite1h + usage.cacheWrite;
    this.output += usage.output;
  }
}

/** Something for each name, in bounded memory. */
export class ByName<T> {
  private readonly entries = new Map<string, T>();

  constructor(private readonly create: () => T) {}

  public get(name: string): T {
    let entry = this.entries.get(name);
    if (!entry) {
      const known = this.entries.size < MOST ? name : THE_REST;
      entry = this.entries.get(known) ?? this.create();
      this.entries.set(known, entry);
    }
    return entry;
  }

  public get size(): number {
    return this.entries.size;
  }

  public [Symbol.iterator](): IterableIterator<[string, T]> {
    return this.entries.entries();
  }
}

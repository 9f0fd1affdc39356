import type { Usage } from '../../lambda/pricing/types';
import type { Settled } from '../../lambda/records/settler';
import { BUCKETS } from '../../lambda/records/tariff';

/** Beyond this many names the rest is counted together: logs can name any number of callers. */
const MOST = 10_000;
export const THE_REST = '(other)';

/** What calls come to. Costs are exact, in pico-dollars. */
export class Total {
  public calls = 0;
  public priced = 0;
  public low = 0n;
  public high = 0n;
  public readonly tokens: number[] = BUCKETS.map(() => 0);

  public add({ status, usage }: Settled, low: bigint, high: bigint): void {
    this.calls += 1;
    if (status === 'priced') {
      this.priced += 1;
      this.low += low;
      this.high += high;
    }
    if (usage) this.addTokens(usage);
  }

  private addTokens(usage: Usage): void {
    for (let at = 0; at < BUCKETS.length; at += 1) this.tokens[at]! += usage[BUCKETS[at]!];
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

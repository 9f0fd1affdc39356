import type { Usage } from '../pricing/types';
import type { RatedCall } from '../rating/rater';
import type { UnitPrices } from '../rating/unit-prices';
import { addUsage, noUsage, type UsageSums } from './usage-sums';

/** A way to break the cost down: an attribute, and where its value comes from. */
export interface Breakdown {
  readonly attribute: string;
  /** The value as the record has it. */
  rawValue(rated: RatedCall): unknown;
  /** The value as a dimension shows it; undefined where there is nothing to show. */
  shownValue(raw: unknown, now: number): string | undefined;
}

/** What was used, by the unit prices at which it is billed. */
export type Consumption = Map<UnitPrices, UsageSums>;

/** What priced calls used, by the values of one attribute. */
export class BreakdownTotals {
  public readonly attribute: string;
  public readonly byValue = new Map<string, Consumption>();
  /** Where the last call at each unit prices was added: the next one often has the same value, and then needs no look-up. */
  private readonly latest = new Map<UnitPrices, { readonly raw: unknown; readonly sums: UsageSums }>();

  constructor(
    private readonly breakdown: Breakdown,
    private readonly now: number,
  ) {
    this.attribute = breakdown.attribute;
  }

  public add(rated: RatedCall, unitPrices: UnitPrices, usage: Usage): void {
    const raw = this.breakdown.rawValue(rated);
    const latest = this.latest.get(unitPrices);
    const sums = latest && latest.raw === raw ? latest.sums : this.sumsFor(raw, unitPrices);
    if (sums) {
      addUsage(sums, usage, unitPrices);
    }
  }

  private sumsFor(raw: unknown, unitPrices: UnitPrices): UsageSums | undefined {
    const value = this.breakdown.shownValue(raw, this.now);
    if (value === undefined) {
      return undefined;
    }
    let consumption = this.byValue.get(value);
    if (!consumption) {
      this.byValue.set(value, (consumption = new Map<UnitPrices, UsageSums>()));
    }
    let sums = consumption.get(unitPrices);
    if (!sums) {
      consumption.set(unitPrices, (sums = noUsage()));
    }
    this.latest.set(unitPrices, { raw, sums });
    return sums;
  }
}

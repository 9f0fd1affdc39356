import type { Usage } from '../pricing/types';
import type { RatedCall } from '../rating/rater';
import type { UnitPrices } from '../rating/unit-prices';
import { costOf, type Consumption } from './consumption';
import type { DimensionValues } from './dimension-values';
import { addUsage, noUsage, type CostRange, type UsageSums } from './usage-sums';

/** A way to break the cost down: an attribute, and where its value comes from. */
export interface Breakdown {
  readonly attribute: string;
  /** Which values have metrics of their own. */
  readonly values: DimensionValues;
  /** The value as the record has it. */
  rawValue(rated: RatedCall): unknown;
  /** The value as a dimension shows it; undefined where there is nothing to show. */
  shownValue(raw: unknown): string | undefined;
}

/** What priced calls used, by the values of one attribute. */
export class BreakdownTotals {
  public readonly byValue = new Map<string, Consumption>();
  /** Where the last call at each unit prices was added: the next one often has the same value, and then needs no look-up. */
  private readonly latest = new Map<UnitPrices, { readonly raw: unknown; readonly sums: UsageSums }>();
  private knownCosts?: ReadonlyMap<string, CostRange>;

  constructor(public readonly breakdown: Breakdown) {}

  public add(rated: RatedCall, unitPrices: UnitPrices, usage: Usage): void {
    const raw = this.breakdown.rawValue(rated);
    const latest = this.latest.get(unitPrices);
    const sums = latest && latest.raw === raw ? latest.sums : this.sumsFor(raw, unitPrices);
    if (sums) {
      addUsage(sums, usage, unitPrices);
    }
  }

  /** The cost of each value. To be asked when everything is added. */
  public get costs(): ReadonlyMap<string, CostRange> {
    return (this.knownCosts ??= new Map([...this.byValue].map(([value, consumption]) => [value, costOf([consumption])])));
  }

  private sumsFor(raw: unknown, unitPrices: UnitPrices): UsageSums | undefined {
    const value = this.breakdown.shownValue(raw);
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

import type { UnitPrices } from '../rating/unit-prices';
import { Attributes, OTHER } from '../telemetry/names';
import type { BreakdownTotals } from './breakdown-totals';
import type { OtelReading } from './otel-readings';

/** The price of a token or a unit, in USD. */
export interface ModelPrice {
  readonly value: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What was read for an event minute. */
export interface MinuteReadings {
  readonly minute: number;
  readonly readings: readonly OtelReading[];
  readonly prices: readonly ModelPrice[];
}

/** The prices at which calls of a minute were rated, by model, kind and tier: of several, that of the latest call. */
export class ModelPrices {
  private readonly prices = new Map<string, ModelPrice>();

  public add({ byValue, breakdown }: BreakdownTotals): void {
    byValue.forEach((consumption, model) => {
      const label = breakdown.values.label(model);
      if (label !== OTHER) {
        consumption.forEach((_, unitPrices) => this.addQuote(label, unitPrices));
      }
    });
  }

  public take(): readonly ModelPrice[] {
    const taken = [...this.prices.values()];
    this.prices.clear();
    return taken;
  }

  private addQuote(model: string, { quote }: UnitPrices): void {
    const tier = quote.row?.tier ?? 'standard';
    Object.entries(quote.rates).forEach(([kind, rate]) => {
      const attributes = { [Attributes.REQUEST_MODEL]: model, [Attributes.PRICE_KIND]: kind, [Attributes.PRICE_TIER]: tier };
      this.prices.set(JSON.stringify(attributes), { value: Number(rate) / 1e12, attributes });
    });
  }
}

/** One price of an offer file: a product with the price of its on-demand term. */
export interface OfferRow {
  readonly sku: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The steps of a price that depends on the quantity used; an ordinary price has one step. */
  readonly steps: readonly PriceStep[];
  /** The day from which the price holds, as in `2026-07-23`. */
  readonly effective: string;
}

export interface PriceStep {
  readonly unit: string;
  readonly beginRange: string;
  /** Decimal amounts by currency. */
  readonly pricePerUnit: Readonly<Record<string, string>>;
}

/** The service codes of the AWS Price List under which Bedrock is sold. */
export const SERVICES = ['AmazonBedrock', 'AmazonBedrockFoundationModels', 'AmazonBedrockService'] as const;
export type Service = (typeof SERVICES)[number];

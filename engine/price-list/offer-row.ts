/** One price of an offer file: a product, and the one price of its on-demand term. */
export interface OfferRow {
  readonly sku: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The steps of the price, by used quantity; an ordinary price has one. */
  readonly steps: readonly PriceStep[];
  /** The day from which the price holds. */
  readonly effective: string;
}

export interface PriceStep {
  readonly unit: string;
  readonly beginRange: string;
  /** Amounts by currency, in decimals. */
  readonly pricePerUnit: Readonly<Record<string, string>>;
}

/** The service codes under which Bedrock is sold. */
export const SERVICES = ['AmazonBedrock', 'AmazonBedrockFoundationModels', 'AmazonBedrockService'] as const;
export type Service = (typeof SERVICES)[number];

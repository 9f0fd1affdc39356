/**
 * A percentage off the published prices of one model or of one provider.
 */
export interface PriceDiscount {
  /**
   * The percentage, from 0 to 100, for example 12.5.
   */
  readonly percent: number;

  /**
   * The model whose prices are lowered. A discount needs either a model or a provider.
   *
   * @default - the discount is for a provider
   */
  readonly model?: string;

  /**
   * The provider whose prices are lowered, for example `Anthropic`. A discount for a model beats the one for its provider.
   *
   * @default - the discount is for a model
   */
  readonly provider?: string;

  /**
   * The name that explanations of a cost show.
   *
   * @default - a name made of the model or provider and the percentage
   */
  readonly name?: string;

  /**
   * The first day on which the discount is valid, in UTC, for example `2026-01-01`.
   *
   * @default - the discount has no beginning
   */
  readonly validFrom?: string;

  /**
   * The first day on which the discount is no longer valid, in UTC.
   *
   * @default - the discount has no end
   */
  readonly validUntil?: string;
}

import { PriceRouting } from './price-routing';
import { ServiceTier } from './service-tier';

/**
 * A price of your own.
 */
export interface PriceOverride {
  /**
   * The model, without a routing prefix, for example `anthropic.claude-sonnet-4-6`.
   */
  readonly model: string;

  /**
   * Rates in USD by kind of consumption, for example `{ input: '2.90', output: '14.50' }`: per million for tokens, per unit for
   * images, seconds and the like. A kind that is left out keeps its published rate.
   */
  readonly rates: { [kind: string]: string };

  /**
   * The name that explanations of a cost show.
   *
   * @default - a name made of the model and the conditions of the price
   */
  readonly name?: string;

  /**
   * The routing to which the price applies. An ARN as model has one routing, so it is left out there.
   *
   * @default - both
   */
  readonly routing?: PriceRouting;

  /**
   * The Regions in which the price applies. The Region of a call is the one that was called, not the one that answered.
   *
   * @default - all Regions
   */
  readonly regions?: string[];

  /**
   * The service tier to which the price applies.
   *
   * @default ServiceTier.STANDARD
   */
  readonly tier?: ServiceTier;

  /**
   * The number of input tokens, as a range, for which the price applies: for example `0-200000` or `200001-`.
   *
   * @default - any number
   */
  readonly context?: string;

  /**
   * Further conditions of the price by name, for example `{ quality: 'standard' }` for images.
   *
   * @default - no further condition
   */
  readonly spec?: { [axis: string]: string };

  /**
   * The first day on which the price is valid, in UTC, for example `2026-01-01`.
   *
   * @default - the price has no beginning
   */
  readonly validFrom?: string;

  /**
   * The first day on which the price is no longer valid, in UTC.
   *
   * @default - the price has no end
   */
  readonly validUntil?: string;

  /**
   * Whether the model may be missing from the price catalogue: a model id without routing prefix, which is then priced in each
   * of its forms, or an ARN of your account that names no model.
   *
   * @default false
   */
  readonly newModel?: boolean;
}

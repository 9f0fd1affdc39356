import { RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AdotLayer } from './adot-layer';
import { HandlerOptions } from './handler-options';
import { Ledger } from './ledger';
import { MeterDimension } from './meter-dimension';
import { OtlpMetricsOptions } from './otlp-metrics-options';
import { IPriceCatalogue } from './price-catalogue-interface';
import { PriceOverrides } from './price-overrides';
import { ProfileMap } from './profile-map';

/**
 * Choices about metering that do not depend on where the log records come from.
 */
export interface CostMeterOptions extends HandlerOptions {
  /**
   * The CloudWatch namespace of the metrics.
   *
   * @default 'BedrockObservability'
   */
  readonly metricNamespace?: string;

  /**
   * Whether single calls are recorded beside the metrics, without their content, and for how long.
   *
   * @default - one line per call, kept for three months
   */
  readonly ledger?: Ledger;

  /**
   * Whether tokens, and what they cost, are published by their type: input, output, cache reads and cache writes. These are two
   * custom metrics for each type. The ledger has the tokens of each call in any case.
   *
   * @default true
   */
  readonly tokenTypes?: boolean;

  /**
   * Another backend to which metrics are sent, beside CloudWatch or instead of it. A backend that is down costs no record.
   *
   * @default - metrics are published in CloudWatch only
   */
  readonly otlp?: OtlpMetricsOptions;

  /**
   * Dimensions by which cost is published, in addition to the model. Each value of a dimension is a custom metric that CloudWatch bills.
   *
   * @default - cost is published in total, by token type and by model
   */
  readonly dimensions?: MeterDimension[];

  /**
   * How many values of each additional dimension, and of the model, are published at a time: those that cost most. Further values
   * are added up under `other`.
   *
   * @default 50
   */
  readonly dimensionCap?: number;

  /**
   * Where refreshed prices come from.
   *
   * @default - calls are priced with the catalogue of this version of the library
   */
  readonly prices?: IPriceCatalogue;

  /**
   * Prices and discounts of your own.
   *
   * @default - calls are priced with published prices
   */
  readonly priceOverrides?: PriceOverrides;

  /**
   * The models behind application inference profiles of other accounts, and behind other ARNs that do not name their model.
   *
   * @default - profiles of this account are asked for, and those of other accounts with `profileRoleName`; else their calls are unpriced
   */
  readonly profileMap?: ProfileMap;

  /**
   * The name of a role that the meter assumes in other accounts, to ask for the models behind application inference profiles there. The
   * Region of the profile is added to it: `NAME-us-east-1`. `MemberLogging` makes such roles, see its `profileReaderAccount`.
   *
   * An account that refuses or does not answer keeps no call from being metered: calls of its profiles are unpriced.
   *
   * @default - profiles of other accounts are not asked for
   */
  readonly profileRoleName?: string;

  /**
   * The OpenTelemetry layer that traces the function of the meter.
   *
   * @default AdotLayer.LATEST
   */
  readonly adotLayer?: AdotLayer;

  /**
   * What happens to the ledger when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The key that encrypts the ledger and the dead-letter queue, where these have none of their own.
   *
   * @default - they are encrypted with keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The key that encrypts the dead-letter queue. Its batches are invocation records, with prompts and answers where these are logged.
   *
   * @default - `encryptionKey`, or a key that Amazon SQS owns
   */
  readonly deadLetterEncryptionKey?: kms.IKey;
}

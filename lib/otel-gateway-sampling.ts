import { Duration } from 'aws-cdk-lib';

/**
 * Which traces a gateway keeps, decided when a trace is complete. All spans of a trace must pass through one task, so a gateway
 * that samples has one.
 */
export interface OtelGatewaySampling {
  /**
   * How many of the traces are kept that have no error, are not slow and not large, in percent.
   */
  readonly percentage: number;

  /**
   * Slower traces are all kept.
   *
   * @default Duration.seconds(15)
   */
  readonly slowerThan?: Duration;

  /**
   * Traces with a call that has more output tokens are all kept.
   *
   * @default 4000
   */
  readonly moreOutputTokensThan?: number;

  /**
   * How long after its first span a trace counts as complete. Later spans follow the decision.
   *
   * @default Duration.seconds(30)
   */
  readonly decisionAfter?: Duration;
}

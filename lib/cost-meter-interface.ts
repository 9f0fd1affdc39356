import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { CostMetrics } from './cost-metrics';

/**
 * A cost meter, of this stack or of another one in the account and Region.
 */
export interface ICostMeter extends IConstruct {
  /**
   * The metrics that the meter publishes.
   */
  readonly metrics: CostMetrics;

  /**
   * The function that meters the records.
   */
  readonly meterFunction: lambda.IFunction;

  /**
   * The log group of the function. It holds the ledger, and the metrics in embedded metric format.
   */
  readonly ledgerLogGroup: logs.ILogGroup;

  /**
   * The queue for batches of records that could not be metered in three attempts. They are kept for 14 days.
   */
  readonly deadLetterQueue: sqs.IQueue;

  /**
   * Lets somebody read the ledger, also with queries of Logs Insights. The ledger holds callers and costs, and no prompts.
   *
   * @param grantee who may read it
   */
  grantReadLedger(grantee: iam.IGrantable): iam.Grant;
}

/**
 * A cost meter that another stack has made in the same account and Region.
 */
export interface CostMeterAttributes {
  /**
   * The CloudWatch namespace of its metrics.
   *
   * @default 'BedrockObservability'
   */
  readonly metricNamespace?: string;

  /**
   * The name of its function.
   */
  readonly meterFunctionName: string;

  /**
   * The name of the log group with its ledger.
   */
  readonly ledgerLogGroupName: string;

  /**
   * The name of its dead-letter queue.
   */
  readonly deadLetterQueueName: string;
}

import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CostMeterAttributes, ICostMeter } from '../cost-meter-interface';
import { CostMetrics } from '../cost-metrics';
import { grantLedgerRead } from './read-grants';
import { requireUsable } from './usable';

/** A meter that another stack has made. */
export class ImportedCostMeter extends Construct implements ICostMeter {
  public readonly metrics: CostMetrics;
  public readonly meterFunction: lambda.IFunction;
  public readonly ledgerLogGroup: logs.ILogGroup;
  public readonly deadLetterQueue: sqs.IQueue;

  constructor(scope: Construct, id: string, attributes: CostMeterAttributes) {
    super(scope, id);
    requireUsable(attributes);

    const queueArn = Stack.of(this).formatArn({ service: 'sqs', resource: attributes.deadLetterQueueName });
    this.metrics = CostMetrics.inNamespace(attributes.metricNamespace);
    this.meterFunction = lambda.Function.fromFunctionName(this, 'Function', attributes.meterFunctionName);
    this.ledgerLogGroup = logs.LogGroup.fromLogGroupName(this, 'Ledger', attributes.ledgerLogGroupName);
    this.deadLetterQueue = sqs.Queue.fromQueueArn(this, 'DeadLetterQueue', queueArn);
  }

  public grantReadLedger(grantee: iam.IGrantable): iam.Grant {
    return grantLedgerRead(this.ledgerLogGroup, grantee);
  }
}

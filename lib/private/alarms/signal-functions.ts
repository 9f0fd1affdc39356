import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { SignalSchedules } from '../../../engine/telemetry/names';
import { FunctionOptions } from '../../function-options';
import { requireSameEnvironment } from '../handed-in';
import { newHandler } from '../new-handler';
import { allowMetricReads } from '../read-grants';
import { requireKnown } from '../validation';

interface SignalHandlerProps {
  readonly handler: string;
  readonly description: string;
  readonly environment: Record<string, string>;
  readonly functions?: FunctionOptions;
}

/** The log groups of one Logs Insights query. Source: CloudWatch Logs API reference, StartQuery. */
const MAX_LOG_GROUPS = 50;

/** Throws for log groups that one query could not read. */
export function requireSpanLogGroups(scope: Construct, logGroups: logs.ILogGroupRef[]): void {
  requireKnown('spanLogGroups', logGroups);
  logGroups.forEach((logGroup) => requireSameEnvironment(scope, 'spanLogGroups', logGroup));
  if (logGroups.length > MAX_LOG_GROUPS) {
    throw new Error(`'spanLogGroups' must be at most ${MAX_LOG_GROUPS}, which one query can read, got ${logGroups.length}`);
  }
}

/** A function that reads metrics and publishes signals. */
export function newSignalHandler(scope: Construct, id: string, props: SignalHandlerProps): lambda.Function {
  const made = newHandler(scope, id, { ...props, prefix: id, memorySize: 256, timeout: Duration.minutes(4) });
  allowMetricReads(made);
  return made;
}

/** The function that compares the use of models with the quotas of the account, and its schedule. */
export function newQuotaSignals(scope: Construct, metricNamespace: string, functions: FunctionOptions | undefined): void {
  const quotaFunction = newSignalHandler(scope, 'QuotaFunction', {
    handler: 'measure-quota',
    description: 'Compares Amazon Bedrock token use with the quotas of this account',
    environment: { METRICS_NAMESPACE: metricNamespace },
    functions,
  });
  quotaFunction.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['servicequotas:ListServiceQuotas', 'bedrock:ListFoundationModels'],
      // These two actions do not support permissions for single resources.
      resources: ['*'],
    }),
  );
  new events.Rule(scope, SignalSchedules.QUARTER, {
    schedule: events.Schedule.rate(Duration.minutes(15)),
    targets: [new targets.LambdaFunction(quotaFunction, { retryAttempts: 0 })],
  });
}

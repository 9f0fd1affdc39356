import { ArnFormat, Aws, Duration, Fn, Names, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { RetentionClass } from '../retention-class';
import type { TransactionSearchProps } from '../transaction-search';
import { newHandler } from './new-handler';

export const SPANS = 'aws/spans';
export const APPLICATION_SIGNALS = '/aws/application-signals/data';

/** Spans can be searched after up to ten minutes, and a function has at most fifteen. */
export const TIMEOUT = Duration.minutes(14);

/** Where the records of all stacks of the account and Region are. */
const RECORDS = '/cdk-bedrock-observability/transaction-search';

/** The function that switches Transaction Search on, with what it may do. */
export function newTransactionSearchHandler(scope: Construct, props: TransactionSearchProps): lambda.Function {
  // The UUID of the stack id is new for each stack.
  const record = `${RECORDS}/${Fn.select(2, Fn.split('/', Aws.STACK_ID))}/${Names.uniqueResourceName(scope, { maxLength: 100 })}`;
  return newHandler(scope, 'Handler', {
    prefix: 'Handler',
    handler: 'enable-transaction-search',
    description: 'Switches Transaction Search of this account and Region on',
    memorySize: 256,
    timeout: TIMEOUT,
    logRetention: RetentionClass.OPERATIONAL,
    permissions: permissions(scope, props, record),
    environment: { OWNERSHIP_PARAMETER: record },
    // A request that Lambda repeats later may set what CloudFormation has deleted meanwhile. The handler retries by itself.
    retryAttempts: 0,
    maxEventAge: TIMEOUT,
    functions: props.functions,
  });
}

function permissions(scope: Construct, { encryptionKey }: TransactionSearchProps, record: string): Record<string, iam.PolicyStatement[]> {
  const stack = Stack.of(scope);
  const parameters = (name: string) => stack.formatArn({ service: 'ssm', resource: `parameter${name}` });
  // "Enable transaction search" in the Amazon CloudWatch User Guide, without what switches Application Signals on.
  return {
    Destination: [
      new iam.PolicyStatement({
        actions: [
          'xray:GetTraceSegmentDestination',
          'xray:UpdateTraceSegmentDestination',
          'xray:GetIndexingRules',
          'xray:UpdateIndexingRule',
        ],
        resources: ['*'],
      }),
    ],
    // X-Ray makes the log groups with the permissions of who switches it on.
    LogGroups: [
      new iam.PolicyStatement({
        actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutRetentionPolicy'],
        resources: [eventsOf(scope, SPANS), eventsOf(scope, APPLICATION_SIGNALS)],
      }),
      new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] }),
    ],
    ResourcePolicies: [
      new iam.PolicyStatement({
        actions: ['logs:DescribeResourcePolicies', 'logs:PutResourcePolicy', 'logs:DeleteResourcePolicy'],
        resources: ['*'],
      }),
    ],
    Records: [
      new iam.PolicyStatement({ actions: ['ssm:GetParameter', 'ssm:DeleteParameter'], resources: [parameters(record)] }),
      new iam.PolicyStatement({
        actions: ['ssm:GetParametersByPath', 'ssm:PutParameter'],
        resources: [parameters(RECORDS), parameters(`${RECORDS}/*`)],
      }),
    ],
    ...(encryptionKey && {
      Key: [
        new iam.PolicyStatement({ actions: ['logs:AssociateKmsKey'], resources: [eventsOf(scope, SPANS)] }),
        new iam.PolicyStatement({ actions: ['kms:DescribeKey'], resources: [encryptionKey.keyRef.keyArn] }),
      ],
    }),
  };
}

/** The ARN of a log group as permissions to write need it. */
export function eventsOf(scope: Construct, logGroupName: string): string {
  return Stack.of(scope).formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `${logGroupName}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';

type Accepted = [path: string, reason: string, ...rules: string[]];

/** What is accepted of each function of a custom resource. */
const ofCustomResource = (path: string): Accepted[] => [
  [
    `${path}/Resource`,
    'it runs on deployments only: every failure is reported to CloudFormation, which retries',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaTracing',
  ],
  [
    `${path}/EventInvokeConfig/Resource`,
    'its retries are off; CloudFormation gets each failure, and waits for an answer no longer than its timeout',
    'Serverless-LambdaAsyncFailureDestination',
  ],
];

/** What the packs find and why it stays: resource below the stack, reason, rules. */
export const ACCEPTED: readonly Accepted[] = [
  [
    'InvocationLogging/Setting/HandlerRole/Resource',
    'the logging setting of Bedrock has no ARN; stacks that give way to others tell them what was there before both',
    'AwsSolutions-IAM5[Resource::*]',
    'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/cdk-bedrock-observability/invocation-logging/*]',
    'Serverless-LambdaStarPermissions',
  ],
  ...ofCustomResource('InvocationLogging/Setting/Handler'),
  ['OtelGateway/Task/TaskRole/DefaultPolicy/Resource', 'the OTLP endpoints of CloudWatch have no ARNs', 'AwsSolutions-IAM5[Resource::*]'],
  ['OtelGateway/Task/Resource', 'the configuration is no secret; headers come from Secrets Manager', 'AwsSolutions-ECS2'],
  ['OtelGateway/Balancer/Resource', 'network load balancers log TLS connections only, and this one has none', 'AwsSolutions-ELB2'],
  [
    'AgentCoreTelemetry/LogGroupHandlerRole/Resource',
    'log groups can only be listed together; permissions on a log group end in :*',
    'AwsSolutions-IAM5[Resource::*]',
    'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/bedrock-agentcore/runtimes/<Runtime>-DEFAULT:*]',
    'Serverless-LambdaStarPermissions',
  ],
  ...ofCustomResource('AgentCoreTelemetry/LogGroupHandler'),
  [
    'TransactionSearch/HandlerRole/Resource',
    'Transaction Search and resource policies of CloudWatch Logs have no ARNs; stacks that give way to others tell them what to undo',
    'AwsSolutions-IAM5[Resource::*]',
    'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/application-signals/data:*]',
    'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:aws/spans:*]',
    'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/cdk-bedrock-observability/transaction-search/*]',
    'Serverless-LambdaStarPermissions',
  ],
  ...ofCustomResource('TransactionSearch/Handler'),
  [
    'CostMeter/Role/Resource',
    'X-Ray has no ARNs; inference profiles are created after the deployment',
    'AwsSolutions-IAM5[Resource::*]',
    'Serverless-LambdaStarPermissions',
  ],
  ['LedgerTable/Bucket/Resource', 'an access log of the table would need a bucket of its own', 'AwsSolutions-S1'],
  ['LedgerTable/AuditBucket/Resource', 'an access log of the copy would need a bucket of its own', 'AwsSolutions-S1'],
  [
    'LedgerTable/MakerRole/DefaultPolicy/Resource',
    'Iceberg names the files of a table',
    'AwsSolutions-IAM5[Resource::<LedgerTableBucket.Arn>/ledger/*]',
  ],
  [
    'LedgerTable/DeliveryRole/DefaultPolicy/Resource',
    'Iceberg names the files of a table, and Firehose those of rows that failed',
    'AwsSolutions-IAM5[Resource::<LedgerTableBucket.Arn>/ledger/*]',
    'AwsSolutions-IAM5[Resource::<LedgerTableBucket.Arn>/failed/*]',
  ],
  [
    'LedgerTable/UpkeepRole/DefaultPolicy/Resource',
    'Iceberg names the files of a table, and Athena those of a copy',
    'AwsSolutions-IAM5[Resource::<LedgerTableBucket.Arn>/ledger/*]',
    'AwsSolutions-IAM5[Resource::<LedgerTableAuditBucket.Arn>/*]',
    'AwsSolutions-IAM5[Resource::<LedgerTableAuditBucket.Arn>/ledger/*/manifest.json]',
  ],
  [
    'LedgerTable/Maker/Resource',
    'it runs on deployments only: every failure is reported to CloudFormation, which retries',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaTracing',
  ],
  [
    'LedgerTable/Maker/EventInvokeConfig/Resource',
    'its retries are off; CloudFormation gets each failure, and waits for an answer no longer than its timeout',
    'Serverless-LambdaAsyncFailureDestination',
  ],
  [
    'LedgerTable/Upkeep/Resource',
    'it runs every day and makes up for 14 days; an alarm fires when runs are missing',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaTracing',
  ],
  ['CostMeter/DeadLetterQueue/Resource', 'it is the dead-letter queue', 'Serverless-SQSRedrivePolicy'],
  ['CostMeter/Redrive/Resource', 'a batch that fails again stays in its queue', 'Serverless-LambdaEventSourceMappingDestination'],
  ['CostMeter/FailedRecords/Resource', 'an access log of batches that failed would need a bucket of its own', 'AwsSolutions-S1'],
  ['CostMeter/FailedRecordsRule/Resource', 'EventBridge tries for a day; the bucket has the batch in any case', 'Serverless-EventBusDLQ'],
  [
    'CostMeter/Role/DefaultPolicy/Resource',
    'Lambda names the objects of failed batches',
    'AwsSolutions-IAM5[Resource::<CostMeterFailedRecords.Arn>/aws/lambda/*]',
  ],
  ['AgentMeter/DeadLetterQueue/Resource', 'it is the dead-letter queue', 'Serverless-SQSRedrivePolicy'],
  ['AgentMeter/Redrive/Resource', 'a batch that fails again stays in its queue', 'Serverless-LambdaEventSourceMappingDestination'],
  ['AgentMeter/Function/Resource', 'its own spans would come back to it through aws/spans, without an end', 'Serverless-LambdaTracing'],
  [
    'AgentMeter/JoinFunction/Resource',
    'the next run, minutes later, makes up for what one missed; spans of it would be metered as well',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaTracing',
  ],
  ['AgentMeter/FiveMinutes/Resource', 'the next run makes up for what one missed', 'Serverless-EventBusDLQ'],
  [
    'UnrecordedUsage/Role/DefaultPolicy/Resource',
    'jobs, capacity and metrics have no ARNs at synth; each job writes its manifest below its own id',
    'AwsSolutions-IAM5[Resource::*]',
    'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::batches/*manifest.json.out]',
  ],
  [
    'UnrecordedUsage/Function/Resource',
    'an hour that failed is seen in its metric, and the sweep finds lost jobs for six hours',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaTracing',
  ],
  ...['Hour', 'BatchJob'].map((name): [string, string, string] => [
    `UnrecordedUsage/${name}/Resource`,
    'EventBridge tries for a day, and the sweep finds lost jobs',
    'Serverless-EventBusDLQ',
  ]),
  ['Prices/Bucket/Resource', 'the bucket holds published prices, which are no secret', 'AwsSolutions-S1'],
  [
    'Prices/Function/Resource',
    'once a day it reads everything anew; an alarm fires when it fails',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaTracing',
  ],
  ['Prices/Schedule/Resource', 'the next run reads everything anew; an alarm fires when runs are missing', 'Serverless-EventBusDLQ'],
  ...['Function', 'QuotaFunction'].flatMap((name): [string, string, ...string[]][] => [
    [`AlarmSignals/${name}Role/DefaultPolicy/Resource`, 'metrics, quotas and query results have no ARNs', 'AwsSolutions-IAM5[Resource::*]'],
    [
      `AlarmSignals/${name}/Resource`,
      'the next run, minutes later, computes everything anew; an alarm fires when runs are missing',
      'Serverless-LambdaDLQ',
      'Serverless-LambdaTracing',
    ],
  ]),
  ...['FiveMinutes', 'Quarter', 'Hour', 'HalfDay'].map((name): [string, string, string] => [
    `AlarmSignals/${name}/Resource`,
    'the next run computes everything anew; an alarm fires when runs are missing',
    'Serverless-EventBusDLQ',
  ]),
  ['AlarmSignals/LoggingChange/Resource', 'EventBridge retries for a day, and CloudTrail has the change', 'Serverless-EventBusDLQ'],
  ['BillReconciliation/Role/DefaultPolicy/Resource', 'bills and query results have no ARNs', 'AwsSolutions-IAM5[Resource::*]'],
  [
    'BillReconciliation/Function/Resource',
    'it runs once a day and compares seven days: the next run makes up for what one missed, and an alarm fires when two are missing',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaTracing',
  ],
  ['MemberWatch/Role/DefaultPolicy/Resource', 'metrics and query results have no ARNs', 'AwsSolutions-IAM5[Resource::*]'],
  [
    'MemberWatch/Function/Resource',
    'it runs every hour and looks at six: the next run makes up for what one missed, and an alarm fires when runs are missing',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaTracing',
  ],
  [
    'UsageDigest/Role/DefaultPolicy/Resource',
    'metrics and query results have no ARNs; digests are written below two prefixes',
    'AwsSolutions-IAM5[Resource::*]',
    'AwsSolutions-IAM5[Resource::<UsageDigestBucket.Arn>/daily/*]',
    'AwsSolutions-IAM5[Resource::<UsageDigestBucket.Arn>/weekly/*]',
  ],
  ['UsageDigest/Bucket/Resource', 'an access log of daily sums would need a bucket of its own', 'AwsSolutions-S1'],
  [
    'UsageDigest/Function/Resource',
    'it runs once a day, and the ledger that it sums up stays: the command `digest` makes a missing one',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaTracing',
  ],
  [
    'SchedulerRoleForTarget/DefaultPolicy/Resource',
    'the CDK lets a schedule invoke every version of its function',
    'AwsSolutions-IAM5[Resource::<UsageDigestFunction.Arn>:*]',
    'AwsSolutions-IAM5[Resource::<BillReconciliationFunction.Arn>:*]',
    'AwsSolutions-IAM5[Resource::<MemberWatchFunction.Arn>:*]',
    'AwsSolutions-IAM5[Resource::<LedgerTableUpkeep.Arn>:*]',
  ],
];

interface Report {
  readonly violations: { readonly ruleName: string; readonly violatingResources: { readonly constructPath: string }[] }[];
}

/** The findings in all stacks of an app, as `rule resource`; without the hashes of logical ids. */
export function nagFindings(app: App): string[] {
  return [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap((pack) =>
    (pack.validateScope(app) as unknown as Report).violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => {
        const path = constructPath
          .replace(/^[^/]+\/((BedrockObservability|MemberLogging)\/)?/, '')
          .replace(/^(SchedulerRoleForTarget)-\w+/, '$1');
        return `${ruleName.replace(/<(?:BedrockObservability)?(\w+)[0-9A-F]{8}(?=\.Arn>)/, '<$1')} ${path}`;
      }),
    ),
  );
}

/** The findings of the packs for HIPAA, NIST 800-53 and PCI DSS: the names of rules without that of the pack, and where. */
export function regulatedFindings(app: App): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const pack of [new HIPAASecurityChecks(), new NIST80053R5Checks(), new PCIDSS321Checks()]) {
    for (const { ruleName, violatingResources } of (pack.validateScope(app) as unknown as Report).violations) {
      const rule = ruleName.split('-').at(-1)!;
      found.set(rule, [...(found.get(rule) ?? []), ...violatingResources.map(({ constructPath }) => constructPath)]);
    }
  }
  return found;
}

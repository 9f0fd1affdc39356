import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NagPack, ServerlessChecks } from 'cdk-nag';
import { SampleStack } from '../bin/sample-stack';

/** What the packs find and why it stays: resource, reason, rules. Anything else, and anything no longer found, fails the test. */
const ACCEPTED: readonly [string, string, ...string[]][] = [
  [
    'InvocationLogging/Setting/HandlerRole/Resource',
    'the logging setting of Bedrock has no ARN',
    'AwsSolutions-IAM5[Resource::*]',
    'Serverless-LambdaStarPermissions',
  ],
  [
    'InvocationLogging/Setting/Handler/Resource',
    'it runs on deployments only: CloudFormation is told of every failure and is the one who retries',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaTracing',
  ],
  [
    'CostMeter/Role/DefaultPolicy/Resource',
    'X-Ray has no ARNs; inference profiles may be shared from other accounts',
    'AwsSolutions-IAM5[Resource::*]',
  ],
  ['CostMeter/DeadLetterQueue/Resource', 'it is the dead-letter queue', 'Serverless-SQSRedrivePolicy'],
  ['CostMeter/Redrive/Resource', 'a batch that fails again stays in its queue', 'Serverless-LambdaEventSourceMappingDestination'],
  ['Prices/Bucket/Resource', 'the bucket holds published prices; who reads them is no secret', 'AwsSolutions-S1'],
  [
    'Prices/Function/Resource',
    'once a day it reads everything anew; an alarm tells of failures',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaTracing',
  ],
  ['Prices/Schedule/Resource', 'the next run reads everything anew, and an alarm tells of a missing one', 'Serverless-EventBusDLQ'],
  ...['Function', 'QuotaFunction'].flatMap((name): [string, string, ...string[]][] => [
    [`AlarmSignals/${name}Role/DefaultPolicy/Resource`, 'metrics, quotas and query results have no ARNs', 'AwsSolutions-IAM5[Resource::*]'],
    [
      `AlarmSignals/${name}/Resource`,
      'the next run, minutes later, asks everything anew; an alarm tells of missing runs',
      'Serverless-LambdaDLQ',
      'Serverless-LambdaTracing',
    ],
  ]),
  ...['FiveMinutes', 'Quarter', 'Hour', 'SixHours'].map((name): [string, string, string] => [
    `AlarmSignals/${name}/Resource`,
    'the next run asks everything anew; an alarm tells of missing runs',
    'Serverless-EventBusDLQ',
  ]),
  ['AlarmSignals/LoggingChange/Resource', 'EventBridge tries for a day, and CloudTrail keeps the change itself', 'Serverless-EventBusDLQ'],
];

interface Report {
  readonly violations: { readonly ruleName: string; readonly violatingResources: { readonly constructPath: string }[] }[];
}

test('the sample is clean under AwsSolutions and Serverless, but for what is accepted with a reason', () => {
  const app = new App();
  new SampleStack(app, 'Sample');
  const packs: NagPack[] = [new AwsSolutionsChecks(), new ServerlessChecks()];
  const found = packs.flatMap((pack) =>
    (pack.validateScope(app) as unknown as Report).violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath.replace('Sample/BedrockObservability/', '')}`),
    ),
  );
  expect(found.sort()).toEqual(ACCEPTED.flatMap(([path, , ...rules]) => rules.map((rule) => `${rule} ${path}`)).sort());
});

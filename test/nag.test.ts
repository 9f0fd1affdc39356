import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NagPack, ServerlessChecks } from 'cdk-nag';
import { SampleStack } from '../bin/sample-stack';

/** What the packs find and why it stays. Anything else, and anything that is no longer found, fails the test. */
const ACCEPTED = [
  ['AwsSolutions-IAM5[Resource::*]', 'InvocationLogging/Setting/HandlerRole/Resource', 'the logging setting of Bedrock has no ARN'],
  [
    'AwsSolutions-IAM5[Resource::*]',
    'CostMeter/Role/DefaultPolicy/Resource',
    'X-Ray has no ARNs; inference profiles may be shared from other accounts',
  ],
  ['Serverless-LambdaStarPermissions', 'InvocationLogging/Setting/HandlerRole/Resource', 'the logging setting of Bedrock has no ARN'],
  [
    'Serverless-LambdaDLQ',
    'InvocationLogging/Setting/Handler/Resource',
    'CloudFormation is told of every failure and is the one who retries',
  ],
  ['Serverless-LambdaTracing', 'InvocationLogging/Setting/Handler/Resource', 'it runs on deployments only; its log tells more'],
  ['AwsSolutions-S1', 'Prices/Bucket/Resource', 'the bucket holds published prices; who reads them is no secret'],
  ['Serverless-LambdaDLQ', 'Prices/Function/Resource', 'the next run reads everything anew, and an alarm tells of a failed one'],
  ['Serverless-EventBusDLQ', 'Prices/Schedule/Resource', 'the next run reads everything anew, and an alarm tells of a missing one'],
  ['Serverless-LambdaTracing', 'Prices/Function/Resource', 'it runs once a day; its log tells more'],
  ['Serverless-SQSRedrivePolicy', 'CostMeter/DeadLetterQueue/Resource', 'it is the dead-letter queue'],
  ['Serverless-LambdaEventSourceMappingDestination', 'CostMeter/Redrive/Resource', 'a batch that fails again stays in its queue'],
] as const;

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
  expect(found.sort()).toEqual(ACCEPTED.map(([rule, path]) => `${rule} ${path}`).sort());
});

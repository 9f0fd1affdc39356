import { BedrockClient } from '@aws-sdk/client-bedrock';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { ACCOUNT, endpointOf, REGION } from './environment';

/** SDK clients that can only reach the emulator: endpoint, Region and keys are set, so none is looked up. */
export class Clients {
  readonly bedrock: BedrockClient;
  readonly cloudFormation: CloudFormationClient;
  readonly cloudWatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;

  constructor(port: number) {
    const settings = {
      endpoint: endpointOf(port),
      region: REGION,
      credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'test' },
    };
    this.bedrock = new BedrockClient(settings);
    this.cloudFormation = new CloudFormationClient(settings);
    this.cloudWatch = new CloudWatchClient(settings);
    this.logs = new CloudWatchLogsClient(settings);
    this.iam = new IAMClient(settings);
    this.lambda = new LambdaClient(settings);
    this.sns = new SNSClient(settings);
    this.sqs = new SQSClient(settings);
  }
}

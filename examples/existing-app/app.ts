import { App, Aws } from 'aws-cdk-lib';
import { AssistantStack } from './assistant-stack';

const app = new App();
new AssistantStack(app, 'Assistant', {
  modelId: 'us.amazon.nova-lite-v1:0',
  invocationLogGroupName: '/platform/bedrock/invocations',
  onCallTopicArn: `arn:${Aws.PARTITION}:sns:${Aws.REGION}:${Aws.ACCOUNT_ID}:platform-on-call`,
});

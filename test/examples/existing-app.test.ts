import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AssistantStack } from '../../examples/existing-app/assistant-stack';

const logGroupName = '/platform/bedrock/invocations';
const onCallTopicArn = 'arn:aws:sns:eu-west-1:111122223333:platform-on-call';

describe('existing app', () => {
  const stack = new AssistantStack(new App(), 'Assistant', {
    modelId: 'eu.amazon.nova-lite-v1:0',
    invocationLogGroupName: logGroupName,
    onCallTopicArn,
  });
  const template = Template.fromStack(stack);

  test('meters the log group that was there before', () => {
    template.hasResourceProperties('AWS::Logs::SubscriptionFilter', { LogGroupName: logGroupName });
  });

  test('makes no log group for prompts', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', { DataProtectionPolicy: Match.absent() });
  });

  test('pages through the topic that was there before', () => {
    // The one topic is that of maintenances, which nobody is notified by.
    template.resourceCountIs('AWS::SNS::Topic', 1);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: [onCallTopicArn] });
  });

  test('does not page for its own warning', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'bedrock.records.unpriced',
      AlarmActions: Match.absent(),
    });
  });

  test('keeps the feature of a call in the ledger and as a dimension', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ DIMENSIONS: 'meta:feature', METADATA_KEYS: 'feature' }) },
    });
  });
});

import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Attributes } from '../../engine/telemetry/names';
import { TeamsStack } from '../../examples/inference-profiles/teams-stack';

const template = Template.fromStack(
  new TeamsStack(new App(), 'Teams', { systemProfileId: 'us.amazon.nova-lite-v1:0', teams: { Search: 200, Support: 1_000 } }),
);

test('each team has a profile, and an alarm on what that profile costs', () => {
  const profiles = template.findResources('AWS::Bedrock::ApplicationInferenceProfile');
  expect(Object.keys(profiles)).toHaveLength(2);
  for (const [id, threshold] of Object.keys(profiles).map((id, at) => [id, [200, 1_000][at]] as const)) {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Threshold: threshold,
      Dimensions: [{ Name: Attributes.APPLICATION_PROFILE, Value: { 'Fn::GetAtt': [id, 'InferenceProfileArn'] } }],
    });
  }
});

test('the meter publishes the cost by profile', () => {
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ DIMENSIONS: 'profile' }) } });
});

import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SampleStack } from '../../bin/sample-stack';

test('the sample synthesizes to this template', () => {
  expect(Template.fromStack(new SampleStack(new App(), 'BedrockObservability')).toJSON()).toMatchSnapshot();
});

test('without feature flags and with a concrete environment it is the same but for names of the environment', () => {
  const types = (stack: SampleStack) =>
    Object.values((Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> }).Resources).map(
      ({ Type }) => Type,
    );
  const bare = new SampleStack(new App(), 'Bare');
  const placed = new SampleStack(new App(), 'Placed', { env: { account: '111122223333', region: 'eu-central-1' } });
  expect(types(placed).sort()).toEqual(types(bare).sort());
});

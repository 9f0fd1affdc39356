import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SampleStack } from '../../bin/sample-stack';
import { parseDashboardBody } from '../dashboard-body';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

function resourcesOf(stack: SampleStack): Resource[] {
  return Object.values((Template.fromStack(stack).toJSON() as { Resources: Record<string, Resource> }).Resources);
}

test('the sample synthesizes to this template', () => {
  const template = Template.fromStack(new SampleStack(new App(), 'BedrockObservability')).toJSON() as {
    Resources: Record<string, Resource>;
  };
  // As an object, so that a reviewer can read it and key order, which differs between versions of the CDK, does not matter.
  for (const { Properties } of Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Dashboard')) {
    Properties.DashboardBody = parseDashboardBody(Properties.DashboardBody);
  }
  expect(template).toMatchSnapshot();
});

test('a concrete environment changes names, not resources', () => {
  const placed = new SampleStack(new App(), 'Placed', { env: { account: '111122223333', region: 'eu-central-1' } });
  const types = (stack: SampleStack) => resourcesOf(stack).map(({ Type }) => Type);
  expect(types(placed).sort()).toEqual(types(new SampleStack(new App(), 'Bare')).sort());
});

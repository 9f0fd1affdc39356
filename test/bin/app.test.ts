import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SampleStack } from '../../bin/sample-stack';
import { type CloudFormationTemplate, templateFacts } from './template-facts';

const template = (stack: SampleStack) => Template.fromStack(stack).toJSON() as CloudFormationTemplate;
const sample = templateFacts(template(new SampleStack(new App(), 'BedrockObservability')));

test.each([...sample.keys()])('the sample synthesizes to these %s', (section) => {
  expect(sample.get(section)).toMatchSnapshot();
});

test('a concrete environment changes names, not resources', () => {
  const placed = new SampleStack(new App(), 'Placed', { env: { account: '111122223333', region: 'eu-central-1' } });
  const types = (stack: SampleStack) => Object.values(template(stack).Resources).map(({ Type }) => Type);
  expect(types(placed).sort()).toEqual(types(new SampleStack(new App(), 'Bare')).sort());
});

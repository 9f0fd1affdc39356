import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  ContentCapture,
  DataProtection,
  DeliveryBucket,
  ExistingConfiguration,
  InvocationLogging,
  InvocationLoggingProps,
  RetentionClass,
} from '../../lib';
import { statementsOf } from './statements';

const SETTING = 'Custom::BedrockModelInvocationLogging';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'eu-central-1' } });
});

function deploy(props?: InvocationLoggingProps): Template {
  new InvocationLogging(stack, 'Logging', props);
  return Template.fromStack(stack);
}

test('an adopted configuration gives its log group, and no log group, role or bucket is made for records', () => {
  const logging = new InvocationLogging(stack, 'Logging', { onExisting: ExistingConfiguration.ADOPT });
  new logs.MetricFilter(stack, 'Filter', {
    logGroup: logging.logGroup,
    filterPattern: logs.FilterPattern.allEvents(),
    metricName: 'm',
    metricNamespace: 'n',
  });
  const template = Template.fromStack(stack);
  template.hasResourceProperties(SETTING, { OnExisting: 'adopt', LoggingConfig: Match.absent() });
  template.hasResourceProperties('AWS::Logs::MetricFilter', { LogGroupName: { 'Fn::GetAtt': [Match.anyValue(), 'LogGroupName'] } });
  template.resourceCountIs('AWS::Logs::LogGroup', 1);
  template.resourceCountIs('AWS::IAM::Role', 1);
  expect([logging.content, logging.deliveryRole]).toEqual([undefined, undefined]);
  expect(logging.configurationRole.node.path).toBe('Test/Logging/Setting/HandlerRole');
});

test.each([
  ['content', { content: ContentCapture.TEXT }],
  ['retention', { retention: RetentionClass.AUDIT }],
  ['removalPolicy', { removalPolicy: RemovalPolicy.DESTROY }],
  ['dataProtection', { dataProtection: DataProtection.NONE }],
  ['archive', { archive: DeliveryBucket.create() }],
])("fails when a configuration is adopted together with '%s'", (prop, props) => {
  expect(() => deploy({ onExisting: ExistingConfiguration.ADOPT, ...props })).toThrow(
    `'${prop}' cannot be set with 'onExisting' 'adopt', which does not change the existing configuration: ` +
      `leave '${prop}' out, or use ExistingConfiguration.REPLACE`,
  );
});

test('replacing a configuration lets the handler pass the role of the former one to Bedrock', () => {
  const template = deploy({ onExisting: ExistingConfiguration.REPLACE });
  template.hasResourceProperties(SETTING, { OnExisting: 'replace' });
  expect(JSON.stringify(statementsOf(template, 'LoggingSettingHandlerRole'))).toContain(':iam::111122223333:role/*');
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// awslint.json has no room for reasons: an exclusion is listed here as well, with its reason.
const REASONS: Record<string, string> = {
  'prefer-ref-interface:cdk-bedrock-observability.AgentMeterOptions.spanLogGroups':
    'it takes what LogGroup.fromLogGroupName gives; widening it to ILogGroupRef later breaks nobody',
  'prefer-ref-interface:cdk-bedrock-observability.AgentMeterProps.spanLogGroups':
    'it takes what LogGroup.fromLogGroupName gives; widening it to ILogGroupRef later breaks nobody',
  'prefer-ref-interface:cdk-bedrock-observability.AgentMeterProps.ledgerLogGroup':
    'it takes what CostMeter.ledgerLogGroup gives; widening it to ILogGroupRef later breaks nobody',
  'prefer-ref-interface:cdk-bedrock-observability.AgentMeterOptions.encryptionKey':
    'the key policy is extended for CloudWatch Logs, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.AgentMeterProps.encryptionKey':
    'the key policy is extended for CloudWatch Logs, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.CostMeterProps.logGroup':
    'it takes what InvocationLogging.logGroup and LogGroup.fromLogGroupName give; widening it to ILogGroupRef later breaks nobody',
  'prefer-ref-interface:cdk-bedrock-observability.InvocationLoggingProps.deliveryRole':
    'the role is given permissions, which only IRole can take',
  'prefer-ref-interface:cdk-bedrock-observability.InvocationLoggingProps.encryptionKey':
    'the key policy is extended for CloudWatch Logs, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.InvocationLoggingProps.logGroup':
    'it is handed on as InvocationLogging.logGroup, where users expect the grants and metrics of ILogGroup',
  'prefer-ref-interface:cdk-bedrock-observability.AudienceDashboardProps.alarms':
    'it takes what TieredAlarms.alarms gives; widening it to IAlarmRef later breaks nobody',
  'prefer-ref-interface:cdk-bedrock-observability.DashboardsProps.alarms':
    'it takes what TieredAlarms.alarms gives; widening it to IAlarmRef later breaks nobody',
  'prefer-ref-interface:cdk-bedrock-observability.DashboardSources.ledgerLogGroup':
    'it takes what CostMeter and InvocationLogging give; widening it to ILogGroupRef later breaks nobody',
  'prefer-ref-interface:cdk-bedrock-observability.DashboardSources.invocationLogGroup':
    'it takes what CostMeter and InvocationLogging give; widening it to ILogGroupRef later breaks nobody',
  'prefer-ref-interface:cdk-bedrock-observability.DashboardSources.spansLogGroup':
    'it takes what CostMeter and InvocationLogging give; widening it to ILogGroupRef later breaks nobody',
  'prefer-ref-interface:cdk-bedrock-observability.DashboardSources.trailLogGroup':
    'it takes what CostMeter and InvocationLogging give; widening it to ILogGroupRef later breaks nobody',
  'prefer-ref-interface:cdk-bedrock-observability.AlarmSignalsProps.ledgerLogGroup':
    'it takes what CostMeter.ledgerLogGroup gives; widening it to ILogGroupRef later breaks nobody',
  'prefer-ref-interface:cdk-bedrock-observability.AlarmSignalsProps.loggingConfigurationRoles':
    'it takes what InvocationLogging and Role.fromRoleArn give; widening it to IRoleRef later breaks nobody',
  'prefer-ref-interface:cdk-bedrock-observability.AlarmSignalsProps.spansLogGroup':
    'it takes what LogGroup.fromLogGroupName gives; widening it to ILogGroupRef later breaks nobody',
  'ref-via-interface:cdk-bedrock-observability.AlarmTopicProps.encryptionKey':
    'the policy of an imported key cannot be extended, and alarms would be lost without a word',
  'prefer-ref-interface:cdk-bedrock-observability.TieredAlarmsProps.maintenanceAlarm':
    'it takes any alarm that users have; widening it to IAlarmRef later breaks nobody',
  'prefer-ref-interface:aws-cdk-lib.aws_ec2.ClientVpnEndpointOptions.securityGroups':
    'a type of the CDK that `vpc` and `vpcSubnets` lead to',
  'prefer-ref-interface:aws-cdk-lib.aws_ec2.ISubnet.associateNetworkAcl.acl': 'a type of the CDK that `vpc` and `vpcSubnets` lead to',
  'prefer-ref-interface:aws-cdk-lib.aws_ec2.InterfaceVpcEndpointOptions.securityGroups':
    'a type of the CDK that `vpc` and `vpcSubnets` lead to',
  'prefer-ref-interface:aws-cdk-lib.aws_ec2.SubnetSelection.subnets': 'a type of the CDK that `vpc` and `vpcSubnets` lead to',
  'prefer-ref-interface:cdk-bedrock-observability.CostMeterOptions.deadLetterEncryptionKey':
    'the meter is let use the key, which only IKey can grant',
  'prefer-ref-interface:cdk-bedrock-observability.CostMeterProps.deadLetterEncryptionKey':
    'the meter is let use the key, which only IKey can grant',
  'prefer-ref-interface:cdk-bedrock-observability.FunctionOptions.logEncryptionKey':
    'the key policy is extended for CloudWatch Logs, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.FunctionOptions.securityGroups': 'lambda.Function takes these interfaces',
  'prefer-ref-interface:cdk-bedrock-observability.FunctionOptions.vpc': 'lambda.Function takes these interfaces',
  'prefer-ref-interface:cdk-bedrock-observability.AlarmSignalsOptions.spansLogGroup':
    'it takes what LogGroup.fromLogGroupName gives; widening it to ILogGroupRef later breaks nobody',
  'prefer-ref-interface:cdk-bedrock-observability.BedrockObservabilityProps.maintenanceAlarm':
    'it takes any alarm that users have; widening it to IAlarmRef later breaks nobody',
};

test('each exclusion of awslint names one member and has a reason', () => {
  const { exclude } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'awslint.json'), 'utf8')) as { exclude: string[] };
  expect(exclude.filter((rule) => !/^[a-z-]+:(cdk-bedrock-observability|aws-cdk-lib)\.[A-Za-z0-9_.]+$/.test(rule))).toEqual([]);
  expect([...exclude].sort()).toEqual(Object.keys(REASONS).sort());
});

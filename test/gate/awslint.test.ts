import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// awslint.json has no room for reasons: an exclusion is listed here as well, with its reason.
const REASONS: Record<string, string> = {
  'no-grants:cdk-bedrock-observability.AlarmTopic.grantPublish':
    'these are no resources of AWS with a companion in aws-cdk-lib; apps and interfaces expect the method',
  'no-grants:cdk-bedrock-observability.CostMeter.grantReadLedger':
    'these are no resources of AWS with a companion in aws-cdk-lib; apps and interfaces expect the method',
  'no-grants:cdk-bedrock-observability.PriceCatalogue.grantRead':
    'these are no resources of AWS with a companion in aws-cdk-lib; apps and interfaces expect the method',
  'prefer-ref-interface:aws-cdk-lib.aws_ec2.ClientVpnEndpointOptions.securityGroups':
    'a type of the CDK that `vpc` and `vpcSubnets` lead to',
  'prefer-ref-interface:aws-cdk-lib.aws_ec2.ISubnet.associateNetworkAcl.acl': 'a type of the CDK that `vpc` and `vpcSubnets` lead to',
  'prefer-ref-interface:aws-cdk-lib.aws_ec2.InterfaceVpcEndpointOptions.securityGroups':
    'a type of the CDK that `vpc` and `vpcSubnets` lead to',
  'prefer-ref-interface:aws-cdk-lib.aws_ec2.SubnetSelection.subnets': 'a type of the CDK that `vpc` and `vpcSubnets` lead to',
  'prefer-ref-interface:aws-cdk-lib.aws_s3.GrantReplicationPermissionDestinationProps.bucket': 'a type of the CDK that buckets lead to',
  'prefer-ref-interface:aws-cdk-lib.aws_s3.GrantReplicationPermissionDestinationProps.encryptionKey':
    'a type of the CDK that buckets lead to',
  'prefer-ref-interface:aws-cdk-lib.aws_s3.GrantReplicationPermissionProps.sourceDecryptionKey': 'a type of the CDK that buckets lead to',
  'prefer-ref-interface:aws-cdk-lib.aws_sns.ITopicSubscription.bind.topic': 'a type of the CDK that topics lead to',
  'prefer-ref-interface:cdk-bedrock-observability.AlarmTopicProps.encryptionKey':
    'its policy is extended and its use is granted, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.BedrockObservabilityProps.encryptionKey':
    'its policy is extended and its use is granted, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.CostBudgetsProps.awsBudgetsTopic':
    'the right to publish is granted, and the key of the topic with it, which only ITopic can take',
  'prefer-ref-interface:cdk-bedrock-observability.CostMeterOptions.deadLetterEncryptionKey':
    'its policy is extended and its use is granted, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.CostMeterOptions.encryptionKey':
    'its policy is extended and its use is granted, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.CostMeterProps.deadLetterEncryptionKey':
    'its policy is extended and its use is granted, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.CostMeterProps.encryptionKey':
    'its policy is extended and its use is granted, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.FunctionOptions.securityGroups': 'lambda.Function takes these interfaces',
  'prefer-ref-interface:cdk-bedrock-observability.FunctionOptions.vpc': 'lambda.Function takes these interfaces',
  'prefer-ref-interface:cdk-bedrock-observability.InvocationLoggingProps.deliveryRole':
    'the role is given permissions, which only IRole can take',
  'prefer-ref-interface:cdk-bedrock-observability.InvocationLoggingProps.encryptionKey':
    'its policy is extended and its use is granted, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.InvocationLoggingProps.logGroup':
    'it is handed on as InvocationLogging.logGroup, where users expect the grants and metrics of ILogGroup',
  'prefer-ref-interface:cdk-bedrock-observability.PriceCatalogueAttributes.bucket':
    'readers are let use the key of the bucket, which only IBucket knows',
  'prefer-ref-interface:cdk-bedrock-observability.PriceCatalogueProps.encryptionKey':
    'its policy is extended and its use is granted, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.UsageDigestOptions.encryptionKey':
    'its policy is extended and its use is granted, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.UsageDigestOptions.topics':
    'the right to publish is granted, and the key of the topic with it, which only ITopic can take',
  'prefer-ref-interface:cdk-bedrock-observability.UsageDigestProps.encryptionKey':
    'its policy is extended and its use is granted, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.UsageDigestProps.topics':
    'the right to publish is granted, and the key of the topic with it, which only ITopic can take',
  'prefer-ref-interface:cdk-bedrock-observability.AgentMeterOptions.encryptionKey':
    'the key policy is extended for CloudWatch Logs, which only IKey can take',
  'prefer-ref-interface:cdk-bedrock-observability.AgentMeterProps.encryptionKey':
    'the key policy is extended for CloudWatch Logs, which only IKey can take',
  'no-grants:cdk-bedrock-observability.TieredAlarms.grantAnnounceMaintenance':
    'these are no resources of AWS with a companion in aws-cdk-lib; apps and interfaces expect the method',
  'construct-ctor-props-optional:cdk-bedrock-observability.AgentCoreTelemetry':
    'one of the lists must name a resource, which no type can say',
  'no-grants:cdk-bedrock-observability.OtlpDestination.grantSend':
    'these are no resources of AWS with a companion in aws-cdk-lib; apps and interfaces expect the method',
  'prefer-ref-interface:cdk-bedrock-observability.OtelGatewayProps.vpc':
    'security groups and subnets are selected from it, which only IVpc can do',
  'prefer-ref-interface:cdk-bedrock-observability.OtelGatewayProps.cluster': 'the service of the CDK takes an ICluster',
  'construct-ctor-props-optional:cdk-bedrock-observability.CostMeter':
    'one of `logGroup` and `source` must be given, which no type can say',
  'construct-ctor-props-optional:cdk-bedrock-observability.MetricsSink':
    'one of `accounts` and `organizationId` must be given, which no type can say',
  'prefer-ref-interface:cdk-bedrock-observability.RecordDestinationProps.stream': 'the use of its key is granted, which only IStream knows',
  'prefer-ref-interface:cdk-bedrock-observability.UnrecordedUsageProps.batchOutputBuckets':
    'readers are let use the key of the bucket, which only IBucket knows',
  'prefer-ref-interface:cdk-bedrock-observability.UnrecordedUsageOptions.batchOutputBuckets':
    'readers are let use the key of the bucket, which only IBucket knows',
  'prefer-ref-interface:cdk-bedrock-observability.LedgerTableProps.encryptionKey':
    'its policy is extended and its use is granted, which only IKey can take',
  'no-grants:cdk-bedrock-observability.LedgerTable.grantRead':
    'these are no resources of AWS with a companion in aws-cdk-lib; apps and interfaces expect the method',
};

test('each exclusion of awslint names one member and has a reason', () => {
  const { exclude } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'awslint.json'), 'utf8')) as { exclude: string[] };
  expect(exclude.filter((rule) => !/^[a-z-]+:(cdk-bedrock-observability|aws-cdk-lib)\.[A-Za-z0-9_.]+$/.test(rule))).toEqual([]);
  expect([...exclude].sort()).toEqual(Object.keys(REASONS).sort());
});

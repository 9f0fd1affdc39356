import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, type Environment, Stack } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { SampleStack } from '../../bin/sample-stack';
import * as library from '../../lib';
import { ACCEPTED, nagFindings, regulatedFindings } from './nag';

const invocations = (stack: Stack) => logs.LogGroup.fromLogGroupName(stack, 'Invocations', '/bedrock/invocations');
const streamIn = (stack: Stack) => new kinesis.Stream(stack, 'Stream', { encryption: kinesis.StreamEncryption.MANAGED });
const memoryIn = (stack: Stack) => new agentcore.CfnMemory(stack, 'Memory', { name: 'memory', eventExpiryDuration: 30 });
const runtimeIn = (stack: Stack) =>
  new agentcore.CfnRuntime(stack, 'Runtime', {
    agentRuntimeName: 'agent',
    agentRuntimeArtifact: {
      containerConfiguration: { containerUri: '111122223333.dkr.ecr.eu-central-1.amazonaws.com/agent:1' },
    },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: 'arn:aws:iam::111122223333:role/agent',
  });
const bucketIn = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Batches', 'batches');
const SINKS = Object.fromEntries(['eu-central-1', 'cn-north-1'].map((region) => [region, `arn:aws:oam:${region}:111122223333:sink/1`]));
const vpcIn = (stack: Stack) =>
  ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123abcd',
    availabilityZones: ['a', 'b'],
    privateSubnetIds: ['subnet-0123abcd', 'subnet-4567cdef'],
  });
const costMetrics = library.CostMetrics.inNamespace();

/** Every construct of the library, alone in a stack of somebody else's app, with the least that it needs. */
const CONSTRUCTS: Readonly<Record<string, (stack: Stack) => Construct>> = {
  AccountDataProtection: (stack) => new library.AccountDataProtection(stack, 'AccountDataProtection'),
  AgentCoreTelemetry: (stack) =>
    new library.AgentCoreTelemetry(stack, 'AgentCoreTelemetry', { runtimes: [runtimeIn(stack)], memories: [memoryIn(stack)] }),
  AgentMeter: (stack) => new library.AgentMeter(stack, 'AgentMeter'),
  AlarmSignals: (stack) =>
    new library.AlarmSignals(stack, 'AlarmSignals', { costMetrics, ledgerLogGroup: new logs.LogGroup(stack, 'Ledger') }),
  AlarmTopic: (stack) => new library.AlarmTopic(stack, 'AlarmTopic'),
  AudienceDashboard: (stack) =>
    new library.AudienceDashboard(stack, 'AudienceDashboard', { audience: library.Audience.FINOPS, sources: { costMetrics } }),
  BedrockObservability: (stack) => new library.BedrockObservability(stack, 'BedrockObservability'),
  BillReconciliation: (stack) =>
    new library.BillReconciliation(stack, 'BillReconciliation', {
      costMeter: new library.CostMeter(stack, 'CostMeter', { logGroup: invocations(stack) }),
    }),
  CostBudgets: (stack) =>
    new library.CostBudgets(stack, 'CostBudgets', {
      budgets: [library.CostBudget.monthly('Team', 1_000)],
      signals: new library.AlarmSignals(stack, 'AlarmSignals', { costMetrics }),
    }),
  CostMeter: (stack) => new library.CostMeter(stack, 'CostMeter', { logGroup: invocations(stack) }),
  Dashboards: (stack) => new library.Dashboards(stack, 'Dashboards', { sources: { costMetrics } }),
  InvocationLogging: (stack) => new library.InvocationLogging(stack, 'InvocationLogging'),
  LedgerTable: (stack) => new library.LedgerTable(stack, 'LedgerTable', { auditCopy: library.LedgerAuditCopy.governance() }),
  MemberLogging: (stack) => new library.MemberLogging(stack, 'MemberLogging', { destinationAccount: '111122223333' }),
  MemberWatch: (stack) =>
    new library.MemberWatch(stack, 'MemberWatch', {
      costMeter: new library.CostMeter(stack, 'CostMeter', { logGroup: invocations(stack) }),
      regions: ['us-east-1', 'eu-central-1'],
    }),
  MetricsLink: (stack) => new library.MetricsLink(stack, 'MetricsLink', { sinkArns: SINKS }),
  MetricsSink: (stack) => new library.MetricsSink(stack, 'MetricsSink', { organizationId: 'o-a1b2c3d4e5' }),
  OtelGateway: (stack) =>
    new library.OtelGateway(stack, 'OtelGateway', { vpc: vpcIn(stack), destinations: [library.OtlpDestination.cloudWatch()] }),
  PriceCatalogue: (stack) => new library.PriceCatalogue(stack, 'Prices'),
  RecordCentralization: (stack) =>
    new library.RecordCentralization(stack, 'RecordCentralization', {
      organizationId: 'o-a1b2c3d4e5',
      regions: ['us-east-1'],
      destinationAccount: '111122223333',
      destinationRegion: 'eu-central-1',
    }),
  RecordDestination: (stack) => {
    const stream = streamIn(stack);
    new library.CostMeter(stack, 'CostMeter', { source: library.RecordSource.stream(stream) });
    return new library.RecordDestination(stack, 'RecordDestination', { stream, organizationId: 'o-a1b2c3d4e5' });
  },
  SavedQueries: (stack) =>
    new library.SavedQueries(stack, 'SavedQueries', { sources: { costMetrics, ledgerLogGroup: invocations(stack) } }),
  TieredAlarms: (stack) => new library.TieredAlarms(stack, 'Alarms', { rules: library.DefaultAlarmRules.forMetrics(costMetrics) }),
  TransactionSearch: (stack) => new library.TransactionSearch(stack, 'TransactionSearch'),
  UnrecordedUsage: (stack) => new library.UnrecordedUsage(stack, 'UnrecordedUsage', { batchOutputBuckets: [bucketIn(stack)] }),
  UsageDigest: (stack) =>
    new library.UsageDigest(stack, 'UsageDigest', {
      costMeter: new library.CostMeter(stack, 'CostMeter', { logGroup: invocations(stack) }),
    }),
};

const { context: recommended } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'cdk.json'), 'utf8')) as {
  context: Record<string, unknown>;
};

const ENVIRONMENTS: Readonly<Record<string, Environment>> = {
  'an environment-agnostic stack': {},
  'eu-central-1': { account: '111122223333', region: 'eu-central-1' },
  'cn-north-1': { account: '111122223333', region: 'cn-north-1' },
};

/** What does not exist in a Region: the newest CDK refuses it at synth with the name of the resource type, or the construct itself does. */
const NOT_IN: Readonly<Record<string, string>> = {
  AgentCoreTelemetry: 'cn-north-1',
  BillReconciliation: 'cn-north-1',
  LedgerTable: 'cn-north-1',
  RecordCentralization: 'cn-north-1',
};

function synthesize(make: (stack: Stack) => Construct, env: Environment, context = recommended): App {
  const app = new App({ context, analyticsReporting: false });
  make(new Stack(app, 'Foreign', { env }));
  // From 2.262 on, the CDK validates the template with the rules of CloudFormation; with the recommended flags a finding throws.
  app.synth();
  return app;
}

const REGULATED = readFileSync(join(__dirname, '..', '..', 'docs', 'security.md'), 'utf8');
const accepted = ACCEPTED.flatMap(([path, , ...rules]) => rules.map((rule) => `${rule} ${path}`));
const found = new Set<string>();

test('each exported construct has a row', () => {
  const exported = Object.entries(library).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct);
  expect(Object.keys(CONSTRUCTS)).toEqual(exported.map(([name]) => name).sort());
});

// Jest replaces the CDK by its newest version; see jest.config.js. cdk-nag and the validation of templates need more than the oldest one.
const onNewest = process.env.CDK === 'newest' ? test : test.skip;

onNewest('a template that CloudFormation would refuse does not synthesize', () => {
  const queue = (stack: Stack) => new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { DelaySeconds: 'soon' } });
  expect(() => synthesize(queue, {})).toThrow("DelaySeconds: 'soon' is not of type 'integer'");
});

describe.each(Object.entries(CONSTRUCTS))('%s alone', (construct, make) => {
  test.each(Object.entries(ENVIRONMENTS).filter(([name]) => name !== NOT_IN[construct]))('synthesizes in %s', (_name, env) => {
    expect(() => synthesize(make, env)).not.toThrow();
  });

  test('synthesizes without the recommended flags', () => {
    expect(() => synthesize(make, {}, {})).not.toThrow();
  });

  onNewest('is clean under AwsSolutions and Serverless, but for what is accepted with a reason', () => {
    const findings = nagFindings(synthesize(make, {}));
    expect(findings.filter((finding) => !accepted.includes(finding))).toEqual([]);
    findings.forEach((finding) => found.add(finding));
  });

  onNewest('has no finding of HIPAA, NIST 800-53 and PCI DSS that docs/security.md does not explain', () => {
    const rules = [...regulatedFindings(synthesize(make, {})).keys()];
    expect(rules.filter((rule) => !REGULATED.includes(`\`${rule}\``))).toEqual([]);
  });
});

onNewest('the sample is clean as well', () => {
  const app = new App();
  new SampleStack(app, 'Sample');
  expect(nagFindings(app).filter((finding) => !accepted.includes(finding))).toEqual([]);
});

onNewest('what is accepted is still found', () => {
  expect(accepted.filter((finding) => !found.has(finding))).toEqual([]);
});

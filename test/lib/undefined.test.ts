import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as library from '../../lib';
import { optionalPropsOf, undefinedProps } from './props';

const costMetrics = library.CostMetrics.inNamespace();
const records = (stack: Stack) => logs.LogGroup.fromLogGroupName(stack, 'Records', '/records');
const functionIn = (stack: Stack) =>
  new lambda.Function(stack, 'Fn', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'i.h', code: lambda.Code.fromInline('x') });
const SINKS = { 'eu-central-1': 'arn:aws:oam:eu-central-1:111122223333:sink/1' };
const streamIn = (stack: Stack) => new kinesis.Stream(stack, 'Stream');
const containerIn = (stack: Stack) =>
  new ecs.FargateTaskDefinition(stack, 'Task').addContainer('app', { image: ecs.ContainerImage.fromRegistry('app') });
const memoryIn = (stack: Stack) => new agentcore.CfnMemory(stack, 'Memory', { name: 'memory', eventExpiryDuration: 30 });
/** All but one prop, of which one construct needs a value. */
const omit = (props: object, name: string): object => Object.fromEntries(Object.entries(props).filter(([key]) => key !== name));
const gateway = (stack: Stack, props: object) =>
  new library.OtelGateway(stack, 'It', {
    vpc: new ec2.Vpc(stack, 'Vpc'),
    destinations: [library.OtlpDestination.cloudWatch()],
    ...props,
  });
const bucketOf = (stack: Stack) => new s3.Bucket(stack, 'Bucket');
const WEEKEND = Duration.days(2);
const rules = library.DefaultAlarmRules.forMetrics(costMetrics);

/** What somebody writes who computes props: `{ ...defaults, retention: isProd ? 30 : undefined }`. */
const CONSTRUCTS: Record<string, (stack: Stack, props: object) => unknown> = {
  AccountDataProtectionProps: (stack, props) => new library.AccountDataProtection(stack, 'It', props),
  AgentMeterProps: (stack, props) => new library.AgentMeter(stack, 'It', props),
  AlarmSignalsProps: (stack, props) => new library.AlarmSignals(stack, 'It', { costMetrics, ...props }),
  AlarmTopicProps: (stack, props) => new library.AlarmTopic(stack, 'It', props),
  AudienceDashboardProps: (stack, props) =>
    new library.AudienceDashboard(stack, 'It', { audience: library.Audience.FINOPS, sources: { costMetrics }, ...props }),
  BedrockObservabilityProps: (stack, props) => new library.BedrockObservability(stack, 'It', props),
  BillReconciliationProps: (stack, props) =>
    new library.BillReconciliation(stack, 'It', {
      costMeter: new library.CostMeter(stack, 'Meter', { logGroup: records(stack) }),
      ...props,
    }),
  CostBudgetsProps: (stack, props) =>
    new library.CostBudgets(stack, 'It', {
      budgets: [library.CostBudget.monthly('Team', 100)],
      signals: new library.AlarmSignals(stack, 'Signals', { costMetrics }),
      ...props,
    }),
  CostMeterProps: (stack, props) => new library.CostMeter(stack, 'It', { logGroup: records(stack), ...omit(props, 'logGroup') }),
  DashboardsProps: (stack, props) => new library.Dashboards(stack, 'It', { sources: { costMetrics }, ...props }),
  InvocationLoggingProps: (stack, props) => new library.InvocationLogging(stack, 'It', props),
  MemberLoggingProps: (stack, props) => new library.MemberLogging(stack, 'It', props),
  MemberWatchProps: (stack, props) =>
    new library.MemberWatch(stack, 'It', {
      costMeter: new library.CostMeter(stack, 'Meter', { logGroup: records(stack) }),
      regions: ['us-east-1'],
      ...props,
    }),
  MetricsLinkProps: (stack, props) => new library.MetricsLink(stack, 'It', { sinkArns: SINKS, ...props }),
  MetricsSinkProps: (stack, props) => new library.MetricsSink(stack, 'It', { accounts: ['111122223333'], ...omit(props, 'accounts') }),
  OtelGatewayProps: (stack, props) => gateway(stack, props),
  PriceCatalogueProps: (stack, props) => new library.PriceCatalogue(stack, 'It', props),
  RecordCentralizationProps: (stack, props) =>
    new library.RecordCentralization(stack, 'It', {
      organizationId: 'o-a1b2c3d4e5',
      regions: ['us-east-1'],
      destinationAccount: '111122223333',
      destinationRegion: 'eu-central-1',
      ...props,
    }),
  RecordDestinationProps: (stack, props) =>
    new library.RecordDestination(stack, 'It', { stream: streamIn(stack), accounts: ['111122223333'], ...omit(props, 'accounts') }),
  SavedQueriesProps: (stack, props) =>
    new library.SavedQueries(stack, 'It', { sources: { costMetrics, ledgerLogGroup: records(stack) }, ...props }),
  TieredAlarmsProps: (stack, props) => new library.TieredAlarms(stack, 'It', { rules, ...props }),
  TransactionSearchProps: (stack, props) => new library.TransactionSearch(stack, 'It', props),
  UnrecordedUsageProps: (stack, props) => new library.UnrecordedUsage(stack, 'It', props),
  UsageDigestProps: (stack, props) =>
    new library.UsageDigest(stack, 'It', { costMeter: new library.CostMeter(stack, 'Meter', { logGroup: records(stack) }), ...props }),
};

/** Options within options, and functions with options. */
const OPTIONS: Record<string, (stack: Stack, options: object) => unknown> = {
  AgentCoreTelemetryProps: (stack, props) =>
    new library.AgentCoreTelemetry(stack, 'It', { memories: [memoryIn(stack)], ...omit(props, 'memories') }),
  OtlpMetricsOptions: (stack, options) =>
    new library.CostMeter(stack, 'It', {
      logGroup: records(stack),
      otlp: { destination: library.OtlpDestination.cloudWatch(), ...options },
    }),
  AgentMeterOptions: (stack, agents) => new library.BedrockObservability(stack, 'It', { agents }),
  AdotInstrumentationProps: (stack, props) => new library.AdotInstrumentation(props).instrumentFunction(functionIn(stack)),
  AdotTaskOptions: (stack, options) =>
    new library.AdotInstrumentation().instrumentContainer(containerIn(stack), {
      language: library.AdotLanguage.NODE,
      serviceName: 'shop',
      ...options,
    }),
  OtelGatewaySampling: (stack, sampling) => gateway(stack, { sampling: { percentage: 10, ...sampling } }),
  OtlpEndpointOptions: (stack, options) =>
    new library.AdotInstrumentation({ destination: library.OtlpDestination.endpoint('http://c:4318', options) }).instrumentFunction(
      functionIn(stack),
    ),
  AlarmRouting: (stack, routing) => new library.TieredAlarms(stack, 'It', { rules, routing }),
  AlarmMuteWindow: (stack, window) =>
    new library.TieredAlarms(stack, 'It', { rules, muteWindows: [{ cron: '0 18 * * FRI', duration: WEEKEND, ...window }] }),
  AlarmSignalsOptions: (stack, alarmSignals) => new library.BedrockObservability(stack, 'It', { alarmSignals }),
  AlarmRuleProps: (stack, props) =>
    new library.TieredAlarms(stack, 'It', {
      rules: [
        new library.AlarmRule({
          name: 'Own',
          tier: library.AlarmTier.WARNING,
          summary: 'it is wrong',
          firstCheck: 'it',
          metric: costMetrics.metricCost(),
          threshold: 1,
          ...props,
        }),
      ],
    }),
  ContentCaptureOptions: (stack, options) => new library.InvocationLogging(stack, 'It', { content: library.ContentCapture.of(options) }),
  CostBudgetOptions: (stack, options) =>
    new library.CostBudgets(stack, 'It', {
      budgets: [library.CostBudget.daily('Team', 100, options)],
      signals: new library.AlarmSignals(stack, 'Signals', { costMetrics }),
    }),
  CostMeterOptions: (stack, costMeter) => new library.BedrockObservability(stack, 'It', { costMeter }),
  DashboardSources: (stack, sources) => new library.Dashboards(stack, 'It', { sources: { costMetrics, ...sources } }),
  DashboardsOptions: (stack, dashboards) => new library.BedrockObservability(stack, 'It', { dashboards }),
  DataProtectionOptions: (stack, options) =>
    new library.InvocationLogging(stack, 'It', { dataProtection: library.DataProtection.of(options) }),
  DefaultAlarmRulesOptions: (stack, defaultAlarms) => new library.BedrockObservability(stack, 'It', { defaultAlarms }),
  DefaultAlarmRulesProps: (stack, options) =>
    new library.TieredAlarms(stack, 'It', { rules: library.DefaultAlarmRules.forMetrics(costMetrics, options) }),
  DeliveryBucketOptions: (stack, options) =>
    new library.InvocationLogging(stack, 'It', { archive: library.DeliveryBucket.fromBucket(bucketOf(stack), options) }),
  InvocationLoggingProps: (stack, invocationLogging) => new library.BedrockObservability(stack, 'It', { invocationLogging }),
  NewDeliveryBucketOptions: (stack, options) =>
    new library.InvocationLogging(stack, 'It', { archive: library.DeliveryBucket.create(options) }),
  RecordStreamOptions: (stack, options) =>
    new library.CostMeter(stack, 'It', { source: library.RecordSource.stream(streamIn(stack), options) }),
  UsageDigestOptions: (stack, digest) => new library.BedrockObservability(stack, 'It', { digest }),
  PerCallLedgerOptions: (stack, options) =>
    new library.CostMeter(stack, 'It', { logGroup: records(stack), ledger: library.Ledger.perCall(options) }),
  PriceOverridesOptions: (stack, options) =>
    new library.CostMeter(stack, 'It', { logGroup: records(stack), priceOverrides: library.PriceOverrides.of(options) }),
};

function templateOf(make: (stack: Stack, props: object) => unknown, props: object): unknown {
  const stack = new Stack(new App(), 'Test');
  make(stack, props);
  return Template.fromStack(stack).toJSON();
}

test.each([...Object.entries(CONSTRUCTS), ...Object.entries(OPTIONS)])(
  '%s: a prop with the value undefined is a prop that was left out',
  (name, make) => {
    expect(templateOf(make, undefinedProps(name))).toEqual(templateOf(make, {}));
  },
);

const METRICS: [string, (options: object) => cloudwatch.IMetric][] = [
  ['CostMetrics', (options) => costMetrics.metricCost(options)],
  ['CostMetrics by token type', (options) => costMetrics.metricCostOf(library.TokenType.INPUT, options)],
  ['CostMetrics by model', (options) => costMetrics.metricCostOfModel('m', options)],
  ['the search', (options) => costMetrics.searchCostByModel(options)],
  ['BedrockMetrics', (options) => library.BedrockMetrics.forModel('m').metricInvocationLatency(options)],
  ['the error rate', (options) => library.BedrockMetrics.forAccount().metricErrorRate(20, options)],
  ['AgentMeter', (options) => new library.AgentMeter(new Stack(), 'It').metric('m', options)],
  ['AlarmSignals', (options) => new library.AlarmSignals(new Stack(), 'It', { costMetrics }).metric('m', options)],
  ['UnrecordedUsage', (options) => new library.UnrecordedUsage(new Stack(), 'It').metricUnpriced(options)],
  ['UnrecordedUsage by source', (options) => new library.UnrecordedUsage(new Stack(), 'It').metricCost('batch', options)],
  ['PriceCatalogue', (options) => new library.PriceCatalogue(new Stack(), 'It').metric('m', options)],
];

test.each(METRICS)('a metric of %s keeps its statistic and dimensions', (_, metric) => {
  const names = ['period', 'statistic', 'dimensionsMap', 'unit', 'label', 'color', 'account', 'region', 'usingMetrics', 'expression'];
  const config = (options: object) => JSON.parse(JSON.stringify(metric(options).toMetricConfig())) as unknown;
  expect(config(Object.fromEntries(names.map((name) => [name, undefined])))).toEqual(config({}));
});

test('what the composite fills in itself cannot be given', () => {
  expect(optionalPropsOf('DefaultAlarmRulesOptions')).toEqual(['thresholds', 'exclude', 'minimumCalls']);
  expect(optionalPropsOf('DashboardsOptions')).not.toContain('alarms');
});

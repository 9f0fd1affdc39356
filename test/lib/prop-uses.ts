import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as library from '../../lib';
import { withDefaults } from '../../lib/private/with-defaults';

const costMetrics = library.CostMetrics.inNamespace();
const records = (stack: Stack) => logs.LogGroup.fromLogGroupName(stack, 'Records', '/records');
const functionIn = (stack: Stack) =>
  new lambda.Function(stack, 'Fn', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'i.h', code: lambda.Code.fromInline('x') });
const SINKS = { 'eu-central-1': 'arn:aws:oam:eu-central-1:111122223333:sink/1' };
const streamIn = (stack: Stack) => new kinesis.Stream(stack, 'Stream');
const containerIn = (stack: Stack) =>
  new ecs.FargateTaskDefinition(stack, 'Task').addContainer('app', { image: ecs.ContainerImage.fromRegistry('app') });
const memoryIn = (stack: Stack) => new agentcore.CfnMemory(stack, 'Memory', { name: 'memory', eventExpiryDuration: 30 });
/** A prop of which, or of another one, a construct needs a value. */
const unlessGiven = (needed: object, props: Record<string, unknown>, other: string): object =>
  withDefaults(props[other] === undefined ? needed : {}, props);
const gateway = (stack: Stack, props: object) =>
  new library.OtelGateway(stack, 'It', {
    vpc: new ec2.Vpc(stack, 'Vpc'),
    destinations: [library.OtlpDestination.cloudWatch()],
    ...props,
  });
const bucketOf = (stack: Stack) => new s3.Bucket(stack, 'Bucket');
const WEEKEND = Duration.days(2);
const rules = library.DefaultAlarmRules.forMetrics(costMetrics);

const vpcIn = (stack: Stack) => new ec2.Vpc(stack, 'Vpc');
const overrides = (stack: Stack, options: library.PriceOverridesOptions) =>
  new library.CostMeter(stack, 'It', { logGroup: records(stack), priceOverrides: library.PriceOverrides.of(options) });
/** What makes no resource is put into an output. */
const outputOf = (stack: Stack, values: Record<string, string>) =>
  Object.entries(values).forEach(([name, value]) => new CfnOutput(stack, name.replaceAll('_', ''), { value }));
const dashboardOf = (stack: Stack, widgets: cloudwatch.IWidget[]) => new cloudwatch.Dashboard(stack, 'It', { widgets: [widgets] });

/**
 * How each interface of props or options is used, with the least that its construct needs beside the given ones. A prop that
 * excludes one of these takes its place.
 */
export const USES: Readonly<Record<string, (stack: Stack, props: Record<string, unknown>) => unknown>> = {
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
  CostMeterProps: (stack, props) => new library.CostMeter(stack, 'It', unlessGiven({ logGroup: records(stack) }, props, 'source')),
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
  MetricsSinkProps: (stack, props) =>
    new library.MetricsSink(stack, 'It', unlessGiven({ accounts: ['111122223333'] }, props, 'organizationId')),
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
    new library.RecordDestination(stack, 'It', {
      stream: streamIn(stack),
      ...unlessGiven({ accounts: ['111122223333'] }, props, 'organizationId'),
    }),
  SavedQueriesProps: (stack, props) =>
    new library.SavedQueries(stack, 'It', { sources: { costMetrics, ledgerLogGroup: records(stack) }, ...props }),
  TieredAlarmsProps: (stack, props) => new library.TieredAlarms(stack, 'It', { rules, ...props }),
  TransactionSearchProps: (stack, props) => new library.TransactionSearch(stack, 'It', props),
  UnrecordedUsageProps: (stack, props) => new library.UnrecordedUsage(stack, 'It', props),
  UsageDigestProps: (stack, props) =>
    new library.UsageDigest(stack, 'It', { costMeter: new library.CostMeter(stack, 'Meter', { logGroup: records(stack) }), ...props }),
  AgentCoreTelemetryProps: (stack, props) =>
    new library.AgentCoreTelemetry(stack, 'It', unlessGiven({ memories: [memoryIn(stack)] }, props, '')),
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
    new library.CostMeter(stack, 'It', {
      logGroup: records(stack),
      otlp: { destination: library.OtlpDestination.endpoint('https://collector.example.com', options) },
    }),
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
  NewDeliveryBucketOptions: (stack, options) =>
    new library.InvocationLogging(stack, 'It', { archive: library.DeliveryBucket.create(options) }),
  RecordStreamOptions: (stack, options) =>
    new library.CostMeter(stack, 'It', { source: library.RecordSource.stream(streamIn(stack), options) }),
  UsageDigestOptions: (stack, digest) => new library.BedrockObservability(stack, 'It', { digest }),
  PerCallLedgerOptions: (stack, options) =>
    new library.CostMeter(stack, 'It', { logGroup: records(stack), ledger: library.Ledger.perCall(options) }),
  PriceOverridesOptions: (stack, options) =>
    new library.CostMeter(stack, 'It', { logGroup: records(stack), priceOverrides: library.PriceOverrides.of(options) }),
  AgentCoreEnvironmentOptions: (stack, options) => outputOf(stack, library.AgentCoreTelemetry.environmentFor(stack, options)),
  BillReconciliationOptions: (stack, billReconciliation) => new library.BedrockObservability(stack, 'It', { billReconciliation }),
  CostMeterAttributes: (stack, attributes) => {
    const costMeter = library.CostMeter.fromCostMeterAttributes(stack, 'Meter', {
      meterFunctionName: 'meter',
      ledgerLogGroupName: '/ledger',
      deadLetterQueueName: 'dead-letters',
      ...attributes,
    });
    new library.UsageDigest(stack, 'It', { costMeter });
    return new library.TieredAlarms(stack, 'Alarms', { rules: library.DefaultAlarmRules.forMetrics(costMeter.metrics, { costMeter }) });
  },
  DashboardSegmentOptions: (stack, options) => new library.Dashboards(stack, 'It', { sources: { costMetrics }, ...options }),
  DashboardSegmentProps: (stack, props) =>
    dashboardOf(stack, new library.DashboardSegment({ audience: library.Audience.FINOPS, sources: { costMetrics }, ...props }).widgets()),
  DashboardWidgetProps: (stack, props) =>
    new library.Dashboards(stack, 'It', {
      sources: { costMetrics },
      widgets: [
        new library.DashboardWidget({
          id: 'own',
          audiences: [library.Audience.FINOPS],
          question: 'How much?',
          title: 'Own',
          shape: library.WidgetShape.LINES,
          ...((props.queryLines ?? props.logGroup ?? props.moreLogGroups) !== undefined
            ? { shape: library.WidgetShape.TABLE, queryLines: ['fields @message'], logGroup: records(stack) }
            : { metrics: [costMetrics.metricCost()] }),
          ...withDefaults({}, props),
        }),
      ],
    }),
  DataExportOptions: (stack, options) =>
    new library.BillReconciliation(stack, 'It', {
      costMeter: new library.CostMeter(stack, 'Meter', { logGroup: records(stack) }),
      source: library.BillSource.dataExport({ bucket: bucketOf(stack), exportName: 'export', ...options }),
    }),
  FunctionOptions: (stack, functions) =>
    new library.PriceCatalogue(stack, 'It', { functions: unlessGiven({ vpc: vpcIn(stack) }, functions, '') }),
  HandlerOptions: (stack, props) => new library.PriceCatalogue(stack, 'It', props),
  LedgerAuditCopyOptions: (stack, options) =>
    new library.LedgerTable(stack, 'It', { auditCopy: library.LedgerAuditCopy.governance(options) }),
  LedgerLineOptions: (stack, options) =>
    new library.CostMeter(stack, 'It', {
      logGroup: records(stack),
      ledger: library.Ledger.inTable(new library.LedgerTable(stack, 'Table'), options),
    }),
  LedgerTableProps: (stack, props) => new library.LedgerTable(stack, 'It', props),
  MetricSource: (stack, source) =>
    new library.Dashboards(stack, 'It', { sources: { costMetrics, rollUp: [{ region: 'us-east-1', ...source }] } }),
  OtelGatewayOptions: (stack, options) =>
    outputOf(stack, {
      text: new library.OtelGatewayConfiguration({ destinations: [library.OtlpDestination.cloudWatch()], ...options }).toText(),
    }),
  OwnAlarmsOptions: (stack, options) => new library.UnrecordedUsage(stack, 'It', options),
  PriceCatalogueAttributes: (stack, attributes) =>
    new library.CostMeter(stack, 'It', {
      logGroup: records(stack),
      prices: library.PriceCatalogue.fromPriceCatalogueAttributes(stack, 'Prices', { bucket: bucketOf(stack), ...attributes }),
    }),
  PriceDiscount: (stack, discount) =>
    overrides(stack, { discounts: [{ percent: 5, ...unlessGiven({ provider: 'Amazon' }, discount, 'model') }] }),
  PriceOverride: (stack, override) =>
    overrides(stack, { overrides: [{ model: 'amazon.nova-lite-v1:0', rates: { input: '1' }, ...override }] }),
  ReservedCapacity: (stack, capacity) =>
    new library.UnrecordedUsage(stack, 'It', {
      reservedCapacity: [
        { modelId: 'amazon.nova-lite-v1:0', inputTokensPerMinute: 1_000, outputTokensPerMinute: 1_000, months: 1, ...capacity },
      ],
    }),
  SlackChannelOptions: (stack, options) =>
    new library.AlarmTopic(stack, 'It').addSlackChannel('team', { workspaceId: 'T07EA123LEP', channelId: 'C07EZ1ABC23', ...options }),
  UnrecordedUsageOptions: (stack, unrecordedUsage) => new library.BedrockObservability(stack, 'It', { unrecordedUsage }),
};

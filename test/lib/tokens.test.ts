import { App, CfnParameter, Duration, Stack, Tokenization } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as library from '../../lib';

const costMetrics = library.CostMetrics.inNamespace();
const { HOUR } = { HOUR: Duration.hours(1) };

/** Where a value comes from that is known only when the stack is deployed. */
interface Tokens {
  readonly text: string;
  readonly number: number;
  readonly list: string[];
}

type Use = (stack: Stack, tokens: Tokens) => unknown;

const signals = (stack: Stack) => new library.AlarmSignals(stack, 'Signals', { costMetrics });
const meter = (stack: Stack, props: Partial<library.CostMeterProps>) =>
  new library.CostMeter(stack, 'Meter', { logGroup: logs.LogGroup.fromLogGroupName(stack, 'Records', '/records'), ...props });
const budgets = (stack: Stack, budget: library.CostBudget) =>
  new library.CostBudgets(stack, 'Budgets', { budgets: [budget], signals: signals(stack) });
const rule = (stack: Stack, props: Partial<library.AlarmRuleProps>) =>
  new library.TieredAlarms(stack, 'Alarms', {
    rules: [
      new library.AlarmRule({
        name: 'Own',
        tier: library.AlarmTier.WARNING,
        summary: 'something',
        firstCheck: 'it',
        metric: costMetrics.metricCost({ period: HOUR }),
        threshold: 1,
        ...props,
      }),
    ],
  });
const mute = (stack: Stack, props: Partial<library.AlarmMuteWindow>) =>
  new library.TieredAlarms(stack, 'Alarms', {
    rules: library.DefaultAlarmRules.forMetrics(costMetrics),
    muteWindows: [{ cron: '0 18 * * FRI', duration: HOUR, ...props }],
  });
const defaults = (stack: Stack, options: library.DefaultAlarmRulesProps) =>
  new library.TieredAlarms(stack, 'Alarms', { rules: library.DefaultAlarmRules.forMetrics(costMetrics, options) });
const board = (stack: Stack, props: Partial<library.AudienceDashboardProps>) =>
  new library.AudienceDashboard(stack, 'Board', { audience: library.Audience.FINOPS, sources: { costMetrics }, ...props });
const digest = (stack: Stack, props: Partial<library.UsageDigestProps>) =>
  new library.UsageDigest(stack, 'Digest', { costMeter: meter(stack, {}), ...props });
const logging = (stack: Stack, props: library.InvocationLoggingProps) => new library.InvocationLogging(stack, 'Logging', props);
const alarmOf = (stack: Stack, metric: cloudwatch.IMetric) =>
  new cloudwatch.Alarm(stack, 'Alarm', { metric, threshold: 1, evaluationPeriods: 1 });

const memoryIn = (stack: Stack) => new agentcore.CfnMemory(stack, 'Memory', { name: 'memory', eventExpiryDuration: 30 });
const secretOf = (stack: Stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'otlp');
const container = (stack: Stack, destination: library.OtlpDestination, serviceName = 'shop') =>
  new library.AdotInstrumentation({ destination }).instrumentContainer(
    new ecs.FargateTaskDefinition(stack, 'Task').addContainer('app', { image: ecs.ContainerImage.fromRegistry('app') }),
    { language: library.AdotLanguage.NODE, serviceName },
  );

const gateway = (stack: Stack, props: Partial<library.OtelGatewayProps>) =>
  new library.OtelGateway(stack, 'Gateway', {
    vpc: new ec2.Vpc(stack, 'Vpc'),
    destinations: [library.OtlpDestination.cloudWatch()],
    ...props,
  });

/** Every prop of the library that is a number, a text, a duration or a list of them. */
const PROPS: Record<string, Use> = {
  'AccountDataProtection.policyName': (stack, { text }) => new library.AccountDataProtection(stack, 'It', { policyName: text }),
  'TransactionSearch.indexingPercentage': (stack, { number }) => new library.TransactionSearch(stack, 'It', { indexingPercentage: number }),
  'AgentCoreTelemetry.retention': (stack, { number }) =>
    new library.AgentCoreTelemetry(stack, 'It', { memories: [memoryIn(stack)], retention: number }),
  'AdotLayer.fromArn': (stack, { text }) => meter(stack, { adotLayer: library.AdotLayer.fromArn(text) }),
  'AgentMeter.dimensionCap': (stack, { number }) => new library.AgentMeter(stack, 'Agents', { dimensionCap: number }),
  'AgentMeter.metricNamespace': (stack, { text }) => new library.AgentMeter(stack, 'Agents', { metricNamespace: text }),
  'AgentMeter.retention': (stack, { number }) => new library.AgentMeter(stack, 'Agents', { retention: number }),
  'AdotTaskOptions.serviceName': (stack, { text }) => container(stack, library.OtlpDestination.cloudWatch(), text),
  'OtelGateway.attributes': (stack, { list }) => gateway(stack, { attributes: list }),
  'OtelGateway.attributes, one': (stack, { text }) => gateway(stack, { attributes: [text] }),
  'OtelGateway.blockedValues': (stack, { list }) => gateway(stack, { blockedValues: list }),
  'OtelGateway.blockedValues, one': (stack, { text }) => gateway(stack, { blockedValues: [text] }),
  'OtelGateway.cpu': (stack, { number }) => gateway(stack, { cpu: number }),
  'OtelGateway.destination': (stack, { text }) => gateway(stack, { destinations: [library.OtlpDestination.endpoint(text)] }),
  'OtelGateway.logRetention': (stack, { number }) => gateway(stack, { logRetention: number }),
  'OtelGateway.maxAttributeLength': (stack, { number }) => gateway(stack, { maxAttributeLength: number }),
  'OtelGateway.maxTasks': (stack, { number }) => gateway(stack, { maxTasks: number }),
  'OtelGateway.memoryLimitMiB': (stack, { number }) => gateway(stack, { memoryLimitMiB: number }),
  'OtelGateway.minTasks': (stack, { number }) => gateway(stack, { minTasks: number }),
  'OtelGateway.resourceAttributes': (stack, { text }) => gateway(stack, { resourceAttributes: { team: text } }),
  'OtelGateway.sampling.decisionAfter': (stack, { number }) =>
    gateway(stack, { sampling: { percentage: 10, decisionAfter: Duration.seconds(number) } }),
  'OtelGateway.sampling.moreOutputTokensThan': (stack, { number }) =>
    gateway(stack, { sampling: { percentage: 10, moreOutputTokensThan: number } }),
  'OtelGateway.sampling.percentage': (stack, { number }) => gateway(stack, { sampling: { percentage: number } }),
  'OtelGateway.sampling.slowerThan': (stack, { number }) =>
    gateway(stack, { sampling: { percentage: 10, slowerThan: Duration.seconds(number) } }),
  'OtlpDestination.arize.project': (stack, { text }) => container(stack, library.OtlpDestination.arize(text, secretOf(stack))),
  'OtlpDestination.endpoint': (stack, { text }) => container(stack, library.OtlpDestination.endpoint(text)),
  'OtlpDestination.grafanaCloud.zone': (stack, { text }) => container(stack, library.OtlpDestination.grafanaCloud(text, secretOf(stack))),
  'OtlpDestination.honeycomb.baseUrl': (stack, { text }) => container(stack, library.OtlpDestination.honeycomb(secretOf(stack), text)),
  'OtlpDestination.langfuse.baseUrl': (stack, { text }) => container(stack, library.OtlpDestination.langfuse(secretOf(stack), text)),
  'OtlpDestination.openObserve.organization': (stack, { text }) =>
    container(stack, library.OtlpDestination.openObserve(text, secretOf(stack))),
  'AlarmActivation.after': (stack, { number }) =>
    new library.TieredAlarms(stack, 'Alarms', {
      rules: library.DefaultAlarmRules.forMetrics(costMetrics),
      activation: library.AlarmActivation.after(Duration.days(number)),
    }),
  'AlarmActivation.after in hours': (stack, { number }) =>
    new library.TieredAlarms(stack, 'Alarms', {
      rules: library.DefaultAlarmRules.forMetrics(costMetrics),
      activation: library.AlarmActivation.after(Duration.hours(number)),
    }),
  'AlarmMuteWindow.cron': (stack, { text }) => mute(stack, { cron: text }),
  'AlarmMuteWindow.duration': (stack, { number }) => mute(stack, { duration: Duration.hours(number) }),
  'AlarmMuteWindow.timeZone': (stack, { text }) => mute(stack, { timeZone: text }),
  'AlarmRule.name': (stack, { text }) => rule(stack, { name: text }),
  'AlarmRule.summary': (stack, { text }) => rule(stack, { summary: text }),
  'AlarmRule.firstCheck': (stack, { text }) => rule(stack, { firstCheck: text }),
  'AlarmRule.runbook': (stack, { text }) => rule(stack, { runbook: text }),
  'AlarmRule.threshold': (stack, { number }) => rule(stack, { threshold: number }),
  'AlarmRule.evaluationPeriods': (stack, { number }) => rule(stack, { evaluationPeriods: number }),
  'AlarmRule.datapointsToAlarm': (stack, { number }) => rule(stack, { datapointsToAlarm: number }),
  'AlarmRule.wallClockTimeZone': (stack, { text }) => rule(stack, { wallClockTimeZone: text }),
  'AlarmRule.warmUp': (stack, { number }) => rule(stack, { warmUp: Duration.minutes(number) }),
  'AlarmRule.warmUp in hours': (stack, { number }) => rule(stack, { warmUp: Duration.hours(number) }),
  'TieredAlarms.alarmNamePrefix': (stack, { text }) =>
    new library.TieredAlarms(stack, 'Alarms', { rules: library.DefaultAlarmRules.forMetrics(costMetrics), alarmNamePrefix: text }),
  'TieredAlarms.runbooksUrl': (stack, { text }) =>
    new library.TieredAlarms(stack, 'Alarms', { rules: library.DefaultAlarmRules.forMetrics(costMetrics), runbooksUrl: text }),
  'AlarmSignals.timeZone': (stack, { text }) => new library.AlarmSignals(stack, 'Signals', { costMetrics, timeZone: text }),
  'AlarmSignals.minimumCalls': (stack, { number }) => new library.AlarmSignals(stack, 'Signals', { costMetrics, minimumCalls: number }),
  'AlarmSignals.minimumDailyCostUsd': (stack, { number }) =>
    new library.AlarmSignals(stack, 'Signals', { costMetrics, minimumDailyCostUsd: number }),
  'AlarmSignals.minimumHourlyTokens': (stack, { number }) =>
    new library.AlarmSignals(stack, 'Signals', { costMetrics, minimumHourlyTokens: number }),
  'AlarmTopic.emailAddresses': (stack, { list }) => new library.AlarmTopic(stack, 'Topic', { emailAddresses: list }),
  'AlarmTopic.emailAddresses, one': (stack, { text }) => new library.AlarmTopic(stack, 'Topic', { emailAddresses: [text] }),
  'AlarmTopic.addSlackChannel': (stack, { text }) =>
    new library.AlarmTopic(stack, 'Topic').addSlackChannel('team', { workspaceId: text, channelId: text }),
  'AlarmTopic.addSlackChannel name': (stack, { text }) =>
    new library.AlarmTopic(stack, 'Topic').addSlackChannel(text, { workspaceId: 'T07EA123LEP', channelId: 'C07EZ1ABC23' }),
  'AudienceDashboard.dashboardName': (stack, { text }) => board(stack, { dashboardName: text }),
  'AudienceDashboard.owner': (stack, { text }) => board(stack, { owner: text }),
  'AudienceDashboard.links': (stack, { text }) => board(stack, { links: { Runbooks: text } }),
  'AudienceDashboard.regions': (stack, { list }) => board(stack, { regions: list }),
  'AudienceDashboard.regions, one': (stack, { text }) => board(stack, { regions: [text, 'eu-west-1'] }),
  'AudienceDashboard.monthlyBudgetUsd': (stack, { number }) => board(stack, { monthlyBudgetUsd: number }),
  'AudienceDashboard.exclude': (stack, { list }) => board(stack, { exclude: list }),
  'MetricSource.region': (stack, { text }) => board(stack, { sources: { costMetrics, rollUp: [{ region: text, accountId: text }] } }),
  'BedrockMetrics.forModel': (stack, { text }) => alarmOf(stack, library.BedrockMetrics.forModel(text).metricInvocations()),
  'BedrockMetrics.metricErrorRate': (stack, { number }) => alarmOf(stack, library.BedrockMetrics.forAccount().metricErrorRate(number)),
  'CostBudget.name': (stack, { text }) => budgets(stack, library.CostBudget.monthly(text, 100)),
  'CostBudget.amountUsd': (stack, { number }) => budgets(stack, library.CostBudget.monthly('Team', number)),
  'CostBudget.modelId': (stack, { text }) => budgets(stack, library.CostBudget.monthly('Team', 100, { modelId: text })),
  'CostBudget.caller': (stack, { text }) => budgets(stack, library.CostBudget.monthly('Team', 100, { caller: text })),
  'CostBudget.stepPercentages': (stack, { number }) =>
    budgets(stack, library.CostBudget.monthly('Team', 100, { stepPercentages: [number] })),
  'CostBudgets.awsBudgetsServices': (stack, { list }) =>
    new library.CostBudgets(stack, 'Budgets', {
      budgets: [library.CostBudget.monthly('Team', 100)],
      signals: signals(stack),
      awsBudgetsTopic: new library.AlarmTopic(stack, 'Topic').topic,
      awsBudgetsServices: list,
    }),
  'CostMeter.metricNamespace': (stack, { text }) => meter(stack, { metricNamespace: text }),
  'CostMeter.dimensionCap': (stack, { number }) => meter(stack, { dimensionCap: number, dimensions: [library.MeterDimension.CALLER] }),
  'CostMetrics.inNamespace': (stack, { text }) => alarmOf(stack, library.CostMetrics.inNamespace(text).metricCost()),
  'CostMetrics.metricCostOfModel': (stack, { text }) => alarmOf(stack, costMetrics.metricCostOfModel(text)),
  'Dashboards.exclude': (stack, { list }) => new library.Dashboards(stack, 'Boards', { sources: { costMetrics }, exclude: list }),
  'DefaultAlarmRules.minimumCalls': (stack, { number }) => defaults(stack, { minimumCalls: number }),
  'DefaultAlarmRules.thresholds': (stack, { number }) => defaults(stack, { thresholds: { ErrorRate: number, Latency: number } }),
  'DefaultAlarmRules.exclude': (stack, { list }) => defaults(stack, { exclude: list }),
  'DeliveryBucket.keyPrefix': (stack, { text }) => logging(stack, { archive: library.DeliveryBucket.create({ keyPrefix: text }) }),
  'DeliveryBucket.expiration': (stack, { number }) =>
    logging(stack, { archive: library.DeliveryBucket.create({ expiration: Duration.days(number) }) }),
  'DeliveryBucket.expiration, large data': (stack, { number }) =>
    logging(stack, { largeData: library.DeliveryBucket.create({ expiration: Duration.days(number) }) }),
  'InvocationLogging.retention': (stack, { number }) => logging(stack, { retention: number }),
  'InvocationLogging.retention, large data': (stack, { number }) =>
    logging(stack, { retention: number, largeData: library.DeliveryBucket.create() }),
  'Ledger.requestMetadataKeys': (stack, { list }) => meter(stack, { ledger: library.Ledger.perCall({ requestMetadataKeys: list }) }),
  'Ledger.requestMetadataKeys, one': (stack, { text }) => meter(stack, { ledger: library.Ledger.perCall({ requestMetadataKeys: [text] }) }),
  'Ledger.retention': (stack, { number }) => meter(stack, { ledger: library.Ledger.perCall({ retention: number }) }),
  'MeterDimension.requestMetadata': (stack, { text }) => meter(stack, { dimensions: [library.MeterDimension.requestMetadata(text)] }),
  'PriceCatalogue.metricNamespace': (stack, { text }) => new library.PriceCatalogue(stack, 'Prices', { metricNamespace: text }),
  'PriceCatalogue.priceListUrl': (stack, { text }) => new library.PriceCatalogue(stack, 'Prices', { priceListUrl: text }),
  'SavedQueries.folder': (stack, { text }) =>
    new library.SavedQueries(stack, 'Queries', {
      sources: { costMetrics, ledgerLogGroup: logs.LogGroup.fromLogGroupName(stack, 'Ledger', '/ledger') },
      folder: text,
    }),
  'SavedQueries.ownerMetadataKey': (stack, { text }) =>
    new library.SavedQueries(stack, 'Queries', {
      sources: { costMetrics, ledgerLogGroup: logs.LogGroup.fromLogGroupName(stack, 'Ledger', '/ledger'), ownerMetadataKey: text },
    }),
  'UsageDigest.timeZone': (stack, { text }) => digest(stack, { timeZone: text }),
  'UsageDigest.hour': (stack, { number }) => digest(stack, { hour: number }),
};

/** How a token looks where it was not resolved: a text, a list or a number. */
const LEAK = /\$\{Token\[|#\{Token\[|-\d\.?\d*e\+2\d\d|TOKEN\./;

test.each(Object.entries(PROPS))('%s is resolved everywhere, or refused by its name', (name, use) => {
  const stack = new Stack(new App(), 'Test');
  const tokens = {
    text: new CfnParameter(stack, 'Text').valueAsString,
    number: new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber,
    list: new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList,
  };
  let text: string;
  try {
    use(stack, tokens);
    const template = Template.fromStack(stack).toJSON();
    delete template.Parameters;
    text = JSON.stringify(template);
  } catch (error) {
    const { message } = error as Error;
    const prop = /\.(\w+)/.exec(name)![1]!;
    expect(message).toContain('must be known at synth');
    expect(message).not.toMatch(LEAK);
    expect([prop, message]).toEqual([prop, expect.stringContaining("'")]);
    return;
  }
  expect(LEAK.exec(text)?.[0]).toBeUndefined();
  expect(text).toMatch(/"Ref":"(Text|Number|List)"/);
});

test('the pattern finds each kind of token', () => {
  const stack = new Stack(new App(), 'Test');
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  const text = new CfnParameter(stack, 'Text');
  expect(`${number}`).toMatch(LEAK);
  expect(`${number * 0.5}`).toMatch(LEAK);
  expect(text.valueAsString).toMatch(LEAK);
  expect(text.valueAsString.toLowerCase()).toMatch(/\$\{token\[/);
  expect(Tokenization.reverseNumber(number)).toBeDefined();
});

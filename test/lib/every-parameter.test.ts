import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as library from '../../lib';
import { type Declared, PARAMETERS } from './declared-props';
import { wrongValuesOf } from './wrong-values';

const costMetrics = library.CostMetrics.inNamespace();
const secretOf = (stack: Stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'otlp');
const alarmOf = (stack: Stack, metric: cloudwatch.IMetric) =>
  new cloudwatch.Alarm(stack, 'Alarm', { metric, threshold: 1, evaluationPeriods: 1 });
const meter = (stack: Stack, props: Partial<library.CostMeterProps>) =>
  new library.CostMeter(stack, 'Meter', { logGroup: logs.LogGroup.fromLogGroupName(stack, 'Records', '/records'), ...props });
const budgets = (stack: Stack, budget: library.CostBudget) =>
  new library.CostBudgets(stack, 'Budgets', {
    budgets: [budget],
    signals: new library.AlarmSignals(stack, 'Signals', { costMetrics }),
  });
const send = (stack: Stack, destination: library.OtlpDestination) =>
  new library.OtelGateway(stack, 'Gateway', { vpc: new ec2.Vpc(stack, 'Vpc'), destinations: [destination] });
const alarms = (stack: Stack, props: Partial<library.TieredAlarmsProps> = {}) =>
  new library.TieredAlarms(stack, 'Alarms', { rules: library.DefaultAlarmRules.forMetrics(costMetrics), ...props });

/** How a value gets into each parameter. */
const CALLS: Readonly<Record<string, (stack: Stack, value: never) => unknown>> = {
  'AdotLayer.fromArn layerVersionArn': (stack, arn) => meter(stack, { adotLayer: library.AdotLayer.fromArn(arn) }),
  'AlarmActivation.after duration': (stack, time) => alarms(stack, { activation: library.AlarmActivation.after(time) }),
  'AlarmRule.withThreshold threshold': (stack, value) =>
    alarms(stack, { rules: [library.DefaultAlarmRules.forMetrics(costMetrics)[0]!.withThreshold(value)] }),
  'AlarmTopic.addSlackChannel name': (stack, name) =>
    new library.AlarmTopic(stack, 'Topic').addSlackChannel(name, { workspaceId: 'T07EA123LEP', channelId: 'C07EZ1ABC23' }),
  'BedrockMetrics.forModel modelId': (stack, id) => alarmOf(stack, library.BedrockMetrics.forModel(id).metricInvocations()),
  'BedrockMetrics.metricErrorRate minimumCalls': (stack, calls) =>
    alarmOf(stack, library.BedrockMetrics.forAccount().metricErrorRate(calls)),
  'CostBudget.daily name': (stack, name) => budgets(stack, library.CostBudget.daily(name, 1)),
  'CostBudget.daily amountUsd': (stack, amount) => budgets(stack, library.CostBudget.daily('Team', amount)),
  'CostBudget.monthly name': (stack, name) => budgets(stack, library.CostBudget.monthly(name, 1)),
  'CostBudget.monthly amountUsd': (stack, amount) => budgets(stack, library.CostBudget.monthly('Team', amount)),
  'CostMetrics.inNamespace metricNamespace': (stack, name) => alarmOf(stack, library.CostMetrics.inNamespace(name).metricCost()),
  'CostMetrics.metricCostOf tokenType': (stack, type) => alarmOf(stack, costMetrics.metricCostOf(type)),
  'CostMetrics.metricTokensOf tokenType': (stack, type) => alarmOf(stack, costMetrics.metricTokensOf(type)),
  'CostMetrics.metricCostOfModel modelId': (stack, id) => alarmOf(stack, costMetrics.metricCostOfModel(id)),
  'DeliveryBucket.fromBucket bucket': (stack, bucket) =>
    new library.InvocationLogging(stack, 'Logging', { archive: library.DeliveryBucket.fromBucket(bucket) }),
  'Ledger.inTable table': (stack, table) => meter(stack, { ledger: library.Ledger.inTable(table) }),
  'MeterDimension.requestMetadata key': (stack, key) => meter(stack, { dimensions: [library.MeterDimension.requestMetadata(key)] }),
  'OtlpDestination.endpointFor signal': (stack, signal) =>
    new CfnOutput(stack, 'Endpoint', { value: library.OtlpDestination.cloudWatch().endpointFor(stack, signal) }),
  'OtlpDestination.arize headersSecret': (stack, secret) => send(stack, library.OtlpDestination.arize('p', secret)),
  'OtlpDestination.grafanaCloud headersSecret': (stack, secret) =>
    send(stack, library.OtlpDestination.grafanaCloud('prod-eu-west-0', secret)),
  'OtlpDestination.honeycomb headersSecret': (stack, secret) => send(stack, library.OtlpDestination.honeycomb(secret)),
  'OtlpDestination.langfuse headersSecret': (stack, secret) => send(stack, library.OtlpDestination.langfuse(secret)),
  'OtlpDestination.openObserve headersSecret': (stack, secret) => send(stack, library.OtlpDestination.openObserve('o', secret)),
  'OtlpDestination.arize project': (stack, project) => send(stack, library.OtlpDestination.arize(project, secretOf(stack))),
  'OtlpDestination.endpoint endpoint': (stack, url) => send(stack, library.OtlpDestination.endpoint(url)),
  'OtlpDestination.grafanaCloud zone': (stack, zone) => send(stack, library.OtlpDestination.grafanaCloud(zone, secretOf(stack))),
  'OtlpDestination.honeycomb baseUrl': (stack, url) => send(stack, library.OtlpDestination.honeycomb(secretOf(stack), url)),
  'OtlpDestination.langfuse baseUrl': (stack, url) => send(stack, library.OtlpDestination.langfuse(secretOf(stack), url)),
  'OtlpDestination.openObserve baseUrl': (stack, url) => send(stack, library.OtlpDestination.openObserve('o', secretOf(stack), url)),
  'OtlpDestination.openObserve organization': (stack, name) => send(stack, library.OtlpDestination.openObserve(name, secretOf(stack))),
  'PriceOverrides.fromFile path': (stack, path) => meter(stack, { priceOverrides: library.PriceOverrides.fromFile(path) }),
  'ProfileMap.fromFile path': (stack, path) => meter(stack, { profileMap: library.ProfileMap.fromFile(path) }),
  'ProfileMap.of models': (stack, models) => meter(stack, { profileMap: library.ProfileMap.of(models) }),
  'RecordSource.logGroup logGroup': (stack, logGroup) =>
    new library.CostMeter(stack, 'Meter', { source: library.RecordSource.logGroup(logGroup) }),
  'RecordSource.stream stream': (stack, stream) => new library.CostMeter(stack, 'Meter', { source: library.RecordSource.stream(stream) }),
  'TieredAlarms.alarm name': (stack, name) => alarms(stack).alarm(name),
  'UnrecordedUsage.metricCost source': (stack, source) =>
    alarmOf(stack, new library.UnrecordedUsage(stack, 'Unrecorded').metricCost(source)),
};

/** Names that are only looked up, and of which any may be right. */
const FREE = ['metricName', 'file', 'id'];

/** Amazon ECS takes a secret by its whole ARN. Source: Amazon ECS API Reference, "Secret". The function of the meter does not. */
const BY_ARN = 'a task reads it by its ARN, from any Region';

/** Values that look wrong and are right, with the reason. */
const MEANT: Readonly<Record<string, string>> = {
  'AlarmRule.withThreshold threshold, negative': 'metrics may be negative',
  'AlarmRule.withThreshold threshold, zero': 'one of anything is too much',
  'OtlpDestination.arize headersSecret, of another Region': BY_ARN,
  'OtlpDestination.grafanaCloud headersSecret, of another Region': BY_ARN,
  'OtlpDestination.honeycomb headersSecret, of another Region': BY_ARN,
  'OtlpDestination.langfuse headersSecret, of another Region': BY_ARN,
  'OtlpDestination.openObserve headersSecret, of another Region': BY_ARN,
};

/** The prop that a message names, where the value is refused by the construct that gets it. */
const NAMED: Readonly<Record<string, string>> = {
  'DeliveryBucket.fromBucket bucket': 'archive',
  'RecordSource.logGroup logGroup': 'source',
  'RecordSource.stream stream': 'source',
};

/** All but those of a type of which each value is a right one, or which is not of this library. */
const CHECKED = PARAMETERS.filter(({ type, name }) => Object.keys(wrongValuesOf(type) ?? {}).length > 0 && !FREE.includes(name));

const LEAK = /\$\{Token\[|#\{Token\[|-\d\.?\d*e\+2\d\d|TOKEN\./;

test('each parameter has a row', () => {
  expect(CHECKED.map(({ owner, name }) => `${owner} ${name}`).filter((place) => !(place in CALLS))).toEqual([]);
});

function faultsOf({ owner, name, type }: Declared): string[] {
  const place = `${owner} ${name}`;
  return Object.entries(wrongValuesOf(type)!).flatMap(([value, make]) => {
    const stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'eu-central-1' } });
    try {
      CALLS[place]!(stack, make(stack) as never);
      const template = Template.fromStack(stack).toJSON();
      delete template.Parameters;
      const text = JSON.stringify(template);
      const isRight = `${place}, ${value}` in MEANT || value.startsWith('a token');
      return LEAK.test(text) || /NaN|Infinity/.test(text) || !isRight ? [`${place}, ${value}: taken`] : [];
    } catch (error) {
      const { message } = error as Error;
      const isRight =
        new RegExp(`'([^' ]*\\.)?(${NAMED[place] ?? name})\\b[^']*'`).test(message) &&
        /\bgot |must not be empty/.test(message) &&
        !LEAK.test(message);
      return isRight ? [] : [`${place}, ${value}: ${message}`];
    }
  });
}

test.each(CHECKED.filter(({ owner, name }) => `${owner} ${name}` in CALLS).map((each) => [`${each.owner} ${each.name}`, each] as const))(
  '%s refuses what it cannot take, by its name, and shows no token',
  (_, parameter) => {
    expect(faultsOf(parameter)).toEqual([]);
  },
);

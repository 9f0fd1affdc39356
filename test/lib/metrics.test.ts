import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { BedrockMetrics, CostMetrics, TokenType } from '../../lib';
import { TokenTypes } from '../../engine/telemetry/names';

const stack = new Stack();
function json(metric: cloudwatch.IMetric): unknown[][] {
  const [widget] = stack.resolve(new cloudwatch.GraphWidget({ left: [metric] }).toJson()) as { properties: { metrics: unknown[][] } }[];
  return widget!.properties.metrics;
}

test('names the cost metric by its OpenTelemetry name, without a dimension', () => {
  expect(json(CostMetrics.inNamespace().metricCost())).toEqual([['BedrockObservability', 'llm.cost.usd', { stat: 'Sum' }]]);
});

test('finds the models by themselves, in the exact schema', () => {
  expect(json(CostMetrics.inNamespace('My/Space').searchCostByModel({ period: Duration.minutes(5) }))).toEqual([
    [{ expression: `SEARCH('{"My/Space","gen_ai.request.model"} MetricName="llm.cost.usd"', 'Sum')` }],
  ]);
});

test.each(Object.values(TokenType))('gives the cost of %s tokens its dimension', (type) => {
  expect(Object.values(TokenTypes)).toContain(type);
  expect(json(CostMetrics.inNamespace().metricCostOf(type))[0]!.slice(0, 4)).toEqual([
    'BedrockObservability',
    'llm.cost.usd',
    'gen_ai.token.type',
    type,
  ]);
});

test.each<[keyof CostMetrics & `metric${string}`, string]>([
  ['metricCalls', 'bedrock.calls'],
  ['metricErrors', 'bedrock.errors'],
  ['metricCompleted', 'bedrock.completed'],
  ['metricTruncated', 'bedrock.truncated'],
  ['metricPriced', 'bedrock.records.priced'],
  ['metricUnpriced', 'bedrock.records.unpriced'],
  ['metricIgnored', 'bedrock.records.ignored'],
  ['metricMalformed', 'bedrock.records.malformed'],
  ['metricFoldedValues', 'bedrock.dimension.values.folded'],
  ['metricFailedLookUps', 'bedrock.lookups.failed'],
  ['metricCostUncertainty', 'llm.cost.uncertainty.usd'],
])('%s is %s', (method, name) => {
  const metric = (CostMetrics.inNamespace()[method] as () => cloudwatch.Metric)();
  expect(metric).toMatchObject({ metricName: name, statistic: 'Sum', dimensions: undefined });
});

test('keeps account metrics apart from those of one model', () => {
  expect(BedrockMetrics.forAccount().metricInvocations().dimensions).toEqual({});
  expect(BedrockMetrics.forModel('us.amazon.nova-lite-v1:0').metricInvocations().dimensions).toEqual({
    ModelId: 'us.amazon.nova-lite-v1:0',
  });
});

test.each<[keyof BedrockMetrics & `metric${string}`, string, string]>([
  ['metricInvocations', 'Invocations', 'Sum'],
  ['metricInvocationClientErrors', 'InvocationClientErrors', 'Sum'],
  ['metricInvocationServerErrors', 'InvocationServerErrors', 'Sum'],
  ['metricInvocationThrottles', 'InvocationThrottles', 'Sum'],
  ['metricInvocationLatency', 'InvocationLatency', 'p95'],
  ['metricTimeToFirstToken', 'TimeToFirstToken', 'p95'],
  ['metricModelInvocationLogsCloudWatchDeliveryFailure', 'ModelInvocationLogsCloudWatchDeliveryFailure', 'Sum'],
])('%s is %s, as %s', (method, metricName, statistic) => {
  const metric = (BedrockMetrics.forAccount()[method] as () => cloudwatch.Metric)();
  expect(metric).toMatchObject({ namespace: 'AWS/Bedrock', metricName, statistic });
});

import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as library from '../../lib';
import { propsOf, STRUCTS, undefinedProps } from './declared-props';
import { USES } from './prop-uses';

const costMetrics = library.CostMetrics.inNamespace();

test('each interface of props or options has a use', () => {
  expect(Object.keys(USES).sort()).toEqual(STRUCTS);
});

function templateOf(struct: string, props: Record<string, undefined>): unknown {
  const stack = new Stack(new App(), 'Test');
  USES[struct]!(stack, props);
  return Template.fromStack(stack).toJSON();
}

// What somebody writes who computes props: `{ ...defaults, retention: isProd ? 30 : undefined }`.
test.each(STRUCTS)('%s: a prop with the value undefined is a prop that was left out', (struct) => {
  expect(templateOf(struct, undefinedProps(struct))).toEqual(templateOf(struct, {}));
});

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

const namesOf = (struct: string) => propsOf(struct).map(({ name }) => name);

test('what the composite fills in itself cannot be given', () => {
  expect(namesOf('DefaultAlarmRulesOptions')).toEqual(['thresholds', 'exclude', 'minimumCalls']);
  expect(namesOf('DashboardsOptions')).not.toContain('alarms');
});

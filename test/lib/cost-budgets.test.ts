import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { AlarmSignals, AlarmTier, AlarmTopic, CostBudget, CostBudgets, CostMeter, CostMetrics, MeterDimension } from '../../lib';

function template(budgets: CostBudget[], billed = false): Template {
  const stack = new Stack(new App(), 'Test');
  const signals = new AlarmSignals(stack, 'Signals', { costMetrics: CostMetrics.inNamespace() });
  const finOps = [new SnsAction(new sns.Topic(stack, 'Finance'))];
  const awsBudgetsTopic = billed ? new AlarmTopic(stack, 'Bill').topic : undefined;
  new CostBudgets(stack, 'Budgets', { signals, budgets, routing: { finOps }, awsBudgetsTopic });
  return Template.fromStack(stack);
}

const thresholds = (rendered: Template) =>
  Object.values(rendered.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => [
    String(Properties.MetricName),
    Number(Properties.Threshold),
  ]);

test('alarms at 50, 80 and 100 percent, and for a forecast above the amount', () => {
  const rendered = template([CostBudget.daily('Total', 200)]);
  expect(thresholds(rendered)).toEqual([
    ['bedrock.budget.spent.usd', 100],
    ['bedrock.budget.spent.usd', 160],
    ['bedrock.budget.spent.usd', 200],
    ['bedrock.budget.forecast.usd', 200],
  ]);
  rendered.allResourcesProperties('AWS::CloudWatch::Alarm', {
    Dimensions: [{ Name: 'bedrock.budget', Value: 'Total' }],
    AlarmActions: [{ Ref: Match.stringLikeRegexp('Finance') }],
    TreatMissingData: 'ignore',
  });
});

test('has the running totals of a model and of a caller published', () => {
  const rendered = template([
    CostBudget.monthly('Sonnet', 1000, { modelId: 'us.anthropic.claude-sonnet-4-6' }),
    CostBudget.daily('Agent', 20, { caller: 'arn:aws:sts::111122223333:assumed-role/agent/prod', stepPercentages: [100] }),
  ]);
  rendered.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({
        BUDGETS: JSON.stringify([
          { name: 'Sonnet', period: 'month', dimension: 'gen_ai.request.model', value: 'us.anthropic.claude-sonnet-4-6' },
          { name: 'Agent', period: 'day', dimension: 'aws.principal', value: 'arn:aws:sts::111122223333:assumed-role/agent/prod' },
        ]),
      }),
    },
  });
});

test('makes AWS budgets for monthly budgets of all models and callers only', () => {
  const rendered = template(
    [CostBudget.monthly('Total', 1000), CostBudget.daily('Day', 50), CostBudget.monthly('One', 10, { modelId: 'm' })],
    true,
  );
  rendered.resourceCountIs('AWS::Budgets::Budget', 1);
  const notification = (NotificationType: string, Threshold: number) =>
    Match.objectLike({ Notification: Match.objectLike({ NotificationType, Threshold }) });
  rendered.hasResourceProperties('AWS::Budgets::Budget', {
    Budget: {
      BudgetLimit: { Amount: 1000, Unit: 'USD' },
      TimeUnit: 'MONTHLY',
      CostFilters: { Service: Match.arrayWith(['Amazon Bedrock', 'Amazon Bedrock Service', 'Claude Sonnet 4.6 (Amazon Bedrock Edition)']) },
    },
    NotificationsWithSubscribers: [
      notification('ACTUAL', 50),
      notification('ACTUAL', 80),
      notification('ACTUAL', 100),
      notification('FORECASTED', 100),
    ],
  });
});

test('makes no AWS budget without a topic for it', () => {
  template([CostBudget.monthly('Total', 1000)]).resourceCountIs('AWS::Budgets::Budget', 0);
});

test('pages at the last step only if its tier is critical', () => {
  const rendered = template([CostBudget.daily('Total', 200, { lastStepTier: AlarmTier.CRITICAL })]);
  rendered.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Threshold: 200,
    AlarmDescription: Match.stringLikeRegexp('^\\[critical\\] 100 % of the budget'),
  });
  rendered.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Threshold: 160,
    AlarmDescription: Match.stringLikeRegexp('^\\[warning\\] 80 %'),
  });
});

test.each<[string, () => unknown, string]>([
  [
    'a budget of zero',
    () => CostBudget.daily('Total', 0),
    "'amountUsd' of budget 'Total' must be above 0, got 0; to forbid calls, deny them in IAM",
  ],
  ['a budget without end', () => CostBudget.monthly('Total', Infinity), "'amountUsd' of budget 'Total' must be above 0, got Infinity"],
  ['a name in lower case', () => CostBudget.daily('total', 1), "'name' must be PascalCase with at most 41 letters and digits, got 'total'"],
  [
    'no steps',
    () => CostBudget.daily('Total', 1, { stepPercentages: [] }),
    "'stepPercentages' of budget 'Total' must be distinct whole percentages from 1 to 1000, got []",
  ],
  ['a step twice', () => CostBudget.daily('Total', 1, { stepPercentages: [50, 50] }), 'got [50, 50]'],
  [
    'a model and a caller',
    () => CostBudget.daily('Total', 1, { modelId: 'm', caller: 'c' }),
    "'modelId' and 'caller' of budget 'Total' exclude each other, got 'm' and 'c'",
  ],
  [
    'two budgets with one name',
    () => template([CostBudget.daily('Total', 1), CostBudget.monthly('Total', 30)]),
    "'budgets' must not hold two budgets with one name, got 'Total' twice",
  ],
])('fails on %s', (_, act, message) => {
  expect(act).toThrow(message);
});

test.each<[string, MeterDimension[], string | undefined]>([
  ['none', [], 'got []'],
  ['others', [MeterDimension.ROLE, MeterDimension.requestMetadata('team')], 'got [role, meta:team]'],
  ['the caller', [MeterDimension.CALLER, MeterDimension.ROLE], undefined],
])('a budget for a caller needs a meter with that dimension, which has %s', (_, dimensions, message) => {
  const stack = new Stack(new App(), 'Test');
  const logGroup = LogGroup.fromLogGroupName(stack, 'Records', 'records');
  const { metrics: costMetrics } = new CostMeter(stack, 'Meter', { logGroup, dimensions });
  const signals = new AlarmSignals(stack, 'Signals', { costMetrics });
  const make = () => new CostBudgets(stack, 'Budgets', { signals, budgets: [CostBudget.daily('Agent', 1, { caller: 'arn:a' })] });
  if (message === undefined) {
    expect(make).not.toThrow();
  } else {
    expect(make).toThrow(`'caller' of budget 'Agent' needs a meter with MeterDimension.CALLER in 'dimensions', ${message}`);
  }
});

import { Duration } from 'aws-cdk-lib';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmRouting } from './alarm-routing';
import { AlarmCategory, AlarmRule, AlarmRuleProps, AlarmSource, AlarmTier } from './alarm-rule';
import { AlarmSignals } from './alarm-signals';
import { AlarmTopic } from './alarm-topic';
import { CostBudget } from './cost-budget';
import { Attributes, Signals } from '../engine/telemetry/names';
import { TieredAlarms } from './tiered-alarms';

/**
 * Properties for defining CostBudgets.
 */
export interface CostBudgetsProps {
  /**
   * The budgets.
   */
  readonly budgets: CostBudget[];

  /**
   * What keeps the running totals. Its time zone decides when a day or a month begins.
   */
  readonly signals: AlarmSignals;

  /**
   * Whom the steps reach.
   *
   * @default - the alarms change state and notify nobody
   */
  readonly routing?: AlarmRouting;

  /**
   * A topic for AWS Budgets, which follows the bill: 8 to 24 hours late, after discounts. One AWS budget is then made for each
   * monthly budget of all models and callers.
   *
   * @default - no AWS budgets are made: the running total is minutes late, and at list price
   */
  readonly awsBudgetsTopic?: AlarmTopic;

  /**
   * The services on the bill that count for AWS Budgets. Models sold through the AWS Marketplace are billed under their own name.
   *
   * @default ['Amazon Bedrock']
   */
  readonly awsBudgetsServices?: string[];
}

/**
 * Budgets for model calls: told at 50, 80 and 100 percent, and as soon as the forecast is above the amount.
 */
export class CostBudgets extends Construct {
  /**
   * The alarms: for each budget its steps, then its forecast.
   */
  public readonly tieredAlarms: TieredAlarms;

  constructor(scope: Construct, id: string, props: CostBudgetsProps) {
    super(scope, id);

    const names = props.budgets.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) {
      throw new Error(`'budgets' must not hold two budgets with one name, got '${twice}' twice`);
    }

    props.budgets.forEach((budget) => props.signals._addBudget(runningTotal(budget)));
    this.tieredAlarms = new TieredAlarms(this, 'Alarms', {
      rules: props.budgets.flatMap((budget) => rulesOf(budget, props.signals)),
      routing: props.routing,
    });

    const { awsBudgetsTopic, awsBudgetsServices = ['Amazon Bedrock'] } = props;
    if (awsBudgetsTopic) {
      props.budgets.filter(followsTheBill).forEach((budget) => this.bill(budget, awsBudgetsTopic, awsBudgetsServices));
    }
  }

  private bill(budget: CostBudget, { topic }: AlarmTopic, services: string[]): void {
    const steps = stepsOf(budget).map((threshold) => ({ notificationType: 'ACTUAL', threshold }));
    new budgets.CfnBudget(this, `${budget.name}Bill`, {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: budget.amountUsd, unit: 'USD' },
        costFilters: { Service: services },
      },
      notificationsWithSubscribers: [...steps, { notificationType: 'FORECASTED', threshold: 100 }].map((notification) => ({
        notification: { ...notification, comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' },
        subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
      })),
    });
  }
}

/** AWS Budgets allows five notifications for a budget: a budget with more steps keeps to its running total. */
const followsTheBill = (budget: CostBudget): boolean =>
  budget._period === 'month' &&
  budget._options.modelId === undefined &&
  budget._options.caller === undefined &&
  stepsOf(budget).length <= 4;

const stepsOf = ({ _options }: CostBudget): number[] => [...(_options.stepPercentages ?? [50, 80, 100])].sort((a, b) => a - b);

function runningTotal({ name, _period, _options }: CostBudget): Record<string, string> {
  const { modelId, caller } = _options;
  return {
    name,
    period: _period,
    ...(modelId !== undefined && { dimension: Attributes.REQUEST_MODEL, value: modelId }),
    ...(caller !== undefined && { dimension: Attributes.CALLER, value: caller }),
  };
}

function rulesOf(budget: CostBudget, signals: AlarmSignals): AlarmRule[] {
  const { name, amountUsd, _period, _options } = budget;
  const steps = stepsOf(budget);
  const whose = _options.modelId ?? _options.caller ?? 'all models';
  const metric = (metricName: string) =>
    signals.metric(metricName, { period: Duration.minutes(5), dimensionsMap: { [Attributes.BUDGET]: name } });
  const common = {
    category: AlarmCategory.COST,
    source: AlarmSource.HISTORY,
    firstCheck: 'cost by model on the dashboard, then the top callers in the ledger',
    runbook: 'docs/runbooks/budget.md of cdk-bedrock-observability',
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
  } satisfies Partial<AlarmRuleProps>;
  return [
    ...steps.map(
      (step) =>
        new AlarmRule({
          ...common,
          name: `${name}Spent${step}`,
          tier: step === steps.at(-1) ? (_options.lastStepTier ?? AlarmTier.WARNING) : AlarmTier.WARNING,
          summary: `${step} % of the budget '${name}' for this ${_period} is spent (USD ${amountUsd}, ${whose})`,
          metric: metric(Signals.BUDGET_SPENT),
          threshold: (amountUsd * step) / 100,
          comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        }),
    ),
    new AlarmRule({
      ...common,
      name: `${name}Forecast`,
      tier: AlarmTier.WARNING,
      summary: `at the pace of the last seven days the budget '${name}' for this ${_period} will not do (USD ${amountUsd}, ${whose})`,
      metric: metric(Signals.BUDGET_FORECAST),
      threshold: amountUsd,
      evaluationPeriods: 3,
    }),
  ];
}

import { Duration } from 'aws-cdk-lib';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmActivation } from './alarm-activation';
import { AlarmCategory } from './alarm-category';
import { AlarmMuteWindow } from './alarm-mute-window';
import { AlarmRouting } from './alarm-routing';
import { AlarmRule, AlarmRuleProps } from './alarm-rule';
import { AlarmSignals } from './alarm-signals';
import { AlarmSource } from './alarm-source';
import { AlarmTier } from './alarm-tier';
import { CostBudget } from './cost-budget';
import { FunctionOptions } from './function-options';
import { MeterDimension } from './meter-dimension';
import { runbookUrl } from './private/alarms/runbook-url';
import { requireSameEnvironment, requireSameRegion, requireStandardTopic } from './private/handed-in';
import { requireRegionOf, WITHOUT_AWS_BUDGETS } from './private/regions';
import { allowPublishers, allowPublishersToEncrypt } from './private/topic-publishers';
import { requireUsable } from './private/usable';
import { requireUnique } from './private/validation';
import { BILLED_SERVICES } from '../engine/price-list/billed-services';
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
   * The signals that publish the running totals. Their time zone decides when a day or a month begins.
   */
  readonly signals: AlarmSignals;

  /**
   * The actions of the alarms by tier.
   *
   * @default - the alarms change state and notify nobody
   */
  readonly routing?: AlarmRouting;

  /**
   * Recurring times in which no alarm notifies anybody.
   *
   * @default - alarms notify at any time
   */
  readonly muteWindows?: AlarmMuteWindow[];

  /**
   * What the names of the alarms begin with: `PREFIX-TotalSpent80`. Alarms are replaced when it is changed.
   *
   * @default - the name of the stack
   */
  readonly alarmNamePrefix?: string;

  /**
   * Where the runbooks are, for example a copy in a wiki of your own.
   *
   * @default - the runbooks of this version in the repository of this library; the package has them too
   */
  readonly runbooksUrl?: string;

  /**
   * From when on the alarms carry out their actions.
   *
   * @default AlarmActivation.IMMEDIATE
   */
  readonly activation?: AlarmActivation;

  /**
   * How the function runs that turns actions on, for example in which VPC. Without `AlarmActivation.after` there is none.
   *
   * @default - it runs outside of any VPC of the account
   */
  readonly functions?: FunctionOptions;

  /**
   * A topic for AWS Budgets, for example that of an `AlarmTopic`. The budget follows the bill: 8 to 24 hours late, with discounts. One AWS budget is made for each
   * monthly budget that counts all models and callers and has at most four steps.
   *
   * @default - no AWS budgets are made; the running totals are minutes late and at list price
   */
  readonly awsBudgetsTopic?: sns.ITopic;

  /**
   * The services on the bill that AWS Budgets counts. Models sold through the AWS Marketplace are billed under a name of their own,
   * for example `Claude Sonnet 4.6 (Amazon Bedrock Edition)`.
   *
   * @default - `Amazon Bedrock`, `Amazon Bedrock Service`, and the name of each model of the catalogue that the Marketplace sells
   */
  readonly awsBudgetsServices?: string[];
}

/**
 * Budgets for model calls, with an alarm for each step, by default 50, 80 and 100 percent, and one for a forecast above the amount.
 */
export class CostBudgets extends Construct {
  /**
   * The alarms: for each budget its steps, then its forecast.
   */
  public readonly tieredAlarms: TieredAlarms;

  constructor(scope: Construct, id: string, props: CostBudgetsProps) {
    super(scope, id);

    requireUnique(
      'budgets',
      props.budgets.map(({ name }) => name),
    );
    requireSameEnvironment(this, 'signals', props.signals.signalFunction);
    requireUsable(props);
    props.budgets.forEach((budget) => {
      requireDimension(budget, props.signals);
      props.signals._addBudget(runningTotal(budget));
    });
    this.tieredAlarms = new TieredAlarms(this, 'Alarms', {
      rules: props.budgets.flatMap((budget) => rulesOf(budget, props)),
      alarmNamePrefix: props.alarmNamePrefix,
      runbooksUrl: props.runbooksUrl,
      routing: props.routing,
      muteWindows: props.muteWindows,
      activation: props.activation,
      functions: props.functions,
    });

    const { awsBudgetsTopic, awsBudgetsServices = [...BILLED_SERVICES] } = props;
    if (awsBudgetsTopic) {
      requireSameRegion(this, 'awsBudgetsTopic', awsBudgetsTopic);
      requireStandardTopic('awsBudgetsTopic', awsBudgetsTopic);
      allowPublishers(this, awsBudgetsTopic);
      if (awsBudgetsTopic.masterKey) {
        allowPublishersToEncrypt(this, awsBudgetsTopic.masterKey);
      }
      requireRegionOf(this, 'awsBudgetsTopic', 'AWS Budgets', WITHOUT_AWS_BUDGETS, 'leave it out, or make the budget in another Region');
      props.budgets.filter(fitsAwsBudgets).forEach((budget) => this.newAwsBudget(budget, awsBudgetsTopic, awsBudgetsServices));
    }
  }

  private newAwsBudget(budget: CostBudget, topic: sns.ITopic, services: string[]): void {
    const steps = budget._stepPercentages.map((threshold) => ({ notificationType: 'ACTUAL', threshold }));
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

/** Without the dimension there is no cost of a caller to add up: the budget would be at 0 for ever. A meter of another stack is not known here. */
function requireDimension({ name, _options: { caller } }: CostBudget, { _dimensionNames }: AlarmSignals): void {
  if (caller !== undefined && _dimensionNames !== undefined && !_dimensionNames.includes(MeterDimension.CALLER._name)) {
    throw new Error(
      `'caller' of budget '${name}' needs a meter with MeterDimension.CALLER in 'dimensions', got [${_dimensionNames.join(', ')}]: ` +
        "add it to the meter, or leave out 'caller'",
    );
  }
}

/** AWS Budgets allows five notifications for a budget, one of which is for the forecast. */
const MAX_STEPS = 4;

function fitsAwsBudgets(budget: CostBudget): boolean {
  const { modelId, caller } = budget._options;
  return budget._period === 'month' && modelId === undefined && caller === undefined && budget._stepPercentages.length <= MAX_STEPS;
}

function runningTotal({ name, _period, _options }: CostBudget): Record<string, string> {
  const { modelId, caller } = _options;
  return {
    name,
    period: _period,
    ...(modelId !== undefined && { dimension: Attributes.REQUEST_MODEL, value: modelId }),
    ...(caller !== undefined && { dimension: Attributes.CALLER, value: caller }),
  };
}

function rulesOf(budget: CostBudget, { signals, runbooksUrl }: CostBudgetsProps): AlarmRule[] {
  const { name, amountUsd, _period, _options, _stepPercentages } = budget;
  const counted = _options.modelId ?? _options.caller ?? 'all models';
  const metric = (metricName: string) =>
    signals.metric(metricName, { period: Duration.minutes(5), dimensionsMap: { [Attributes.BUDGET]: name } });
  const common = {
    category: AlarmCategory.COST,
    source: AlarmSource.HISTORY,
    firstCheck: 'cost by model on the dashboard, then the top callers in the ledger',
    runbook: runbookUrl('budget', runbooksUrl),
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
  } satisfies Partial<AlarmRuleProps>;
  return [
    ..._stepPercentages.map(
      (step) =>
        new AlarmRule({
          ...common,
          name: `${name}Spent${step}`,
          tier: step === _stepPercentages.at(-1) ? (_options.lastStepTier ?? AlarmTier.WARNING) : AlarmTier.WARNING,
          summary: `${step} % of the budget '${name}' for this ${_period} is spent (USD ${amountUsd}, ${counted})`,
          metric: metric(Signals.BUDGET_SPENT),
          threshold: (amountUsd * step) / 100,
          comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        }),
    ),
    new AlarmRule({
      ...common,
      name: `${name}Forecast`,
      tier: AlarmTier.WARNING,
      summary: `at the pace of the last seven days the budget '${name}' for this ${_period} will be exceeded (USD ${amountUsd}, ${counted})`,
      metric: metric(Signals.BUDGET_FORECAST),
      threshold: amountUsd,
      evaluationPeriods: 3,
    }),
  ];
}

import { ExpectedResult, Match } from '@aws-cdk/integ-tests-alpha';
import { Aws } from 'aws-cdk-lib';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import { AlarmSignals, AlarmTopic, CostBudget, CostBudgets, CostMeter, InvocationLogging } from '../../lib';
import { AccountTest, GONE } from './account-test';

// AWS Budgets has this budget, on the services of Bedrock, and a spend for it. A call spends more than a budget of next to nothing:
// the meter, the signals and the alarm have seen it.
const account = new AccountTest('CostBudgets');
const { stack, test } = account;
const { logGroup } = new InvocationLogging(stack, 'Logging', { removalPolicy: GONE });
const meter = new CostMeter(stack, 'CostMeter', { logGroup, metricNamespace: 'IntegCostBudgets', removalPolicy: GONE });
const made = new CostBudgets(stack, 'Budgets', {
  budgets: [CostBudget.monthly('All', 1), CostBudget.daily('NextToNothing', 1e-9)],
  signals: new AlarmSignals(stack, 'Signals', { costMetrics: meter.metrics }),
  awsBudgetsTopic: new AlarmTopic(stack, 'Topic').topic,
});
const [budget] = made.node.findAll().filter((each): each is budgets.CfnBudget => each instanceof budgets.CfnBudget);
test.assertions.awsApiCall('budgets', 'DescribeBudget', { AccountId: Aws.ACCOUNT_ID, BudgetName: budget!.ref }).expect(
  ExpectedResult.objectLike({
    Budget: Match.objectLike({
      BudgetLimit: Match.objectLike({ Unit: 'USD' }),
      CalculatedSpend: Match.objectLike({ ActualSpend: Match.objectLike({ Unit: 'USD' }) }),
      CostFilters: Match.objectLike({ Service: Match.arrayWith(['Amazon Bedrock']) }),
    }),
  }),
);
const priced = account.eventuallyInLedger(account.callModel(), meter.ledgerLogGroup);
account.eventuallyRings(priced, made.tieredAlarms.alarm('NextToNothingSpent100'));

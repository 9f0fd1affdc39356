import { ExpectedResult, Match } from '@aws-cdk/integ-tests-alpha';
import { Aws } from 'aws-cdk-lib';
import { AlarmSignals, AlarmTopic, CostBudget, CostBudgets, CostMetrics } from '../../lib';
import { AccountTest } from './account-test';

// AWS Budgets takes a budget on the services of Bedrock, and has a spend for it.
const { stack, test } = new AccountTest('CostBudgets');
new CostBudgets(stack, 'Budgets', {
  budgets: [CostBudget.monthly('All', 1)],
  signals: new AlarmSignals(stack, 'Signals', { costMetrics: CostMetrics.inNamespace('IntegCostBudgets') }),
  awsBudgetsTopic: new AlarmTopic(stack, 'Topic').topic,
});
test.assertions
  .awsApiCall('budgets', 'DescribeBudgets', { AccountId: Aws.ACCOUNT_ID })
  .expect(
    ExpectedResult.objectLike({ Budgets: Match.arrayWith([Match.objectLike({ CalculatedSpend: { ActualSpend: { Unit: 'USD' } } })]) }),
  );

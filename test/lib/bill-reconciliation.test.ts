import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  Audience,
  AudienceDashboard,
  BillReconciliation,
  type BillReconciliationProps,
  CostMeter,
  type CostMeterOptions,
  Ledger,
} from '../../lib';

function rendered(props: Partial<BillReconciliationProps> = {}, meter: CostMeterOptions = {}): Template {
  const stack = new Stack(new App(), 'Test');
  const costMeter = new CostMeter(stack, 'CostMeter', { logGroup: new logs.LogGroup(stack, 'Invocations'), ...meter });
  new BillReconciliation(stack, 'Bill', { costMeter, ...props });
  return Template.fromStack(stack);
}

test('compares every day, with the accounts and Regions of the ledger', () => {
  const template = rendered(
    { accounts: ['111122223333', '444455556666'], regions: ['us-east-1', 'eu-west-1'] },
    { metricNamespace: 'Own' },
  );
  template.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'cron(30 5 * * ? *)' });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({ METRICS_NAMESPACE: 'Own', ACCOUNTS: '111122223333,444455556666', REGIONS: 'us-east-1,eu-west-1' }),
    },
  });
});

test('by default it compares the account and the Region of the stack, and its alarms are on metrics of the meter', () => {
  const template = rendered();
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ ACCOUNTS: { Ref: 'AWS::AccountId' }, REGIONS: { Ref: 'AWS::Region' } }) },
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'llm.cost.drift.percent',
    Threshold: 1,
    Statistic: 'Maximum',
    TreatMissingData: 'notBreaching',
  });
});

test('fails on a meter without a ledger', () => {
  expect(() => rendered({}, { ledger: Ledger.NONE })).toThrow("'costMeter' must keep a ledger, which is compared with the bill");
});

test('the FinOps board shows how true the cost is to the bill, where it is known', () => {
  const board = (billReconciled?: boolean): string => {
    const stack = new Stack(new App(), 'Test');
    const { metrics: costMetrics } = new CostMeter(stack, 'CostMeter', { logGroup: new logs.LogGroup(stack, 'Invocations') });
    new AudienceDashboard(stack, 'Board', { audience: Audience.FINOPS, sources: { costMetrics, billReconciled } });
    return JSON.stringify(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  };
  expect(board(true)).toContain('llm.cost.drift.percent');
  expect(board()).not.toContain('llm.cost.drift.percent');
});

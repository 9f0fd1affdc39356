import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  Audience,
  AudienceDashboard,
  BedrockObservability,
  BillReconciliation,
  type BillReconciliationProps,
  BillSource,
  CostMeter,
  type CostMeterOptions,
  type DashboardSources,
  Ledger,
} from '../../lib';

type PropsIn = (stack: Stack) => Partial<BillReconciliationProps>;

function rendered(props: Partial<BillReconciliationProps> | PropsIn = {}, meter: CostMeterOptions = {}): Template {
  const stack = new Stack(new App(), 'Test');
  const costMeter = new CostMeter(stack, 'CostMeter', { logGroup: new logs.LogGroup(stack, 'Invocations'), ...meter });
  new BillReconciliation(stack, 'Bill', { costMeter, ...(typeof props === 'function' ? props(stack) : props) });
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

test('an export is read by Athena: a table over its files, months that are computed, and no Cost Explorer', () => {
  const template = rendered((stack) => ({
    source: BillSource.dataExport({ bucket: s3.Bucket.fromBucketName(stack, 'Bills', 'bills'), prefix: 'exports', exportName: 'costs' }),
  }));
  template.hasResourceProperties('AWS::Glue::Table', {
    TableInput: Match.objectLike({
      PartitionKeys: [{ Name: 'billing_period', Type: 'string' }],
      Parameters: Match.objectLike({
        'projection.enabled': 'true',
        'storage.location.template': 's3://bills/exports/costs/data/BILLING_PERIOD=${billing_period}/',
      }),
      StorageDescriptor: Match.objectLike({
        Columns: Match.arrayWith([
          { Name: 'line_item_iam_principal', Type: 'string' },
          { Name: 'product', Type: 'map<string,string>' },
        ]),
      }),
    }),
  });
  template.hasResourceProperties('AWS::Athena::WorkGroup', {
    WorkGroupConfiguration: Match.objectLike({ ManagedQueryResultsConfiguration: { Enabled: true } }),
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ EXPORT_TABLE: 'bill', EXPORT_BUCKET: 'bills', EXPORT_FOLDER: 'exports/costs' }) },
  });
  const policies = JSON.stringify(template.findResources('AWS::IAM::Policy'));
  expect(policies).toContain('exports/costs/*');
  expect(policies).not.toContain('ce:GetCostAndUsage');
});

test.each([
  [{ exportName: 'a/b' }, "'exportName' must be the name of an export, got 'a/b'"],
  [{ exportName: 'a', prefix: 's3://b' }, "'prefix' must neither begin nor end with a slash"],
  [{ exportName: 'a', prefix: 'b/' }, "'prefix' must neither begin nor end with a slash"],
])('an export that cannot be found fails: %j', (options, message) => {
  const bucket = s3.Bucket.fromBucketName(new Stack(), 'Bills', 'bills');
  expect(() => BillSource.dataExport({ bucket, ...options })).toThrow(message);
});

const board = (sources: Partial<DashboardSources> = {}): string => {
  const stack = new Stack(new App(), 'Test');
  const { metrics: costMetrics } = new CostMeter(stack, 'CostMeter', { logGroup: new logs.LogGroup(stack, 'Invocations') });
  new AudienceDashboard(stack, 'Board', { audience: Audience.FINOPS, sources: { costMetrics, ...sources } });
  return JSON.stringify(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
};

test('the FinOps board shows how true the cost is to the bill, by account where there are several, and what writes no record', () => {
  const titles = [
    'Difference from the bill of a week',
    'Billed and counted',
    'Difference from the bill, by account',
    'Cost without a record',
  ];
  const shown = (sources?: Partial<DashboardSources>) => titles.map((title) => board(sources).includes(title));
  expect(shown()).toEqual([false, false, false, false]);
  expect(shown({ billReconciled: true })).toEqual([true, true, false, false]);
  expect(shown({ billReconciled: true, accountsReconciled: true, unrecordedCounted: true })).toEqual([true, true, true, true]);
});

test('BedrockObservability compares when it is asked to, with what writes no record, and shows both', () => {
  const stack = new Stack(new App(), 'Test');
  const { costMeter, unrecordedUsage, billReconciliation } = new BedrockObservability(stack, 'It', {
    ...{ unrecordedUsage: {}, billReconciliation: { accounts: ['111122223333', '444455556666'] }, alarmNamePrefix: 'Own' },
    costMeter: { metricNamespace: 'Ours' },
  });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({
        METRICS_NAMESPACE: 'Ours',
        ACCOUNTS: '111122223333,444455556666',
        LEDGER_LOG_GROUPS: stack.resolve(`${costMeter.ledgerLogGroup.logGroupName},${unrecordedUsage!.logGroup.logGroupName}`) as object,
      }),
    },
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Own-BillDrift' });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Own-UnrecordedUsageIncomplete' });
  const boards = JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'));
  expect(
    ['Difference from the bill of a week', 'Difference from the bill, by account', 'Cost without a record'].every((title) =>
      boards.includes(title),
    ),
  ).toBe(true);
  expect(billReconciliation).toBeDefined();
  const without = new BedrockObservability(new Stack(new App(), 'Without'), 'It');
  expect([without.billReconciliation, without.unrecordedUsage]).toEqual([undefined, undefined]);
});

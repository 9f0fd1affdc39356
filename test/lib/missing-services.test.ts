import { App, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as library from '../../lib';

const costMetrics = library.CostMetrics.inNamespace();
const stackIn = (region: string) => new Stack(new App(), 'There', { env: { account: '111122223333', region } });

test.each([
  ['us-gov-west-1', "'awsBudgetsTopic' needs AWS Budgets, which does not exist in us-gov-west-1: leave it out"],
  ['mx-central-1', "'awsBudgetsTopic' needs AWS Budgets"],
])('AWS Budgets are refused in %s', (region, message) => {
  const there = stackIn(region);
  const awsBudgetsTopic = new library.AlarmTopic(there, 'Topic').topic;
  const signals = new library.AlarmSignals(there, 'Signals', { costMetrics });
  expect(
    () => new library.CostBudgets(there, 'It', { budgets: [library.CostBudget.monthly('Team', 100)], signals, awsBudgetsTopic }),
  ).toThrow(message);
});

test.each(['us-gov-west-1', 'cn-north-1'])('a chat channel is refused in %s', (region) => {
  const topic = new library.AlarmTopic(stackIn(region), 'Topic');
  expect(() => topic.addSlackChannel('team', { workspaceId: 'T07EA123LEP', channelId: 'C07EZ1ABC23' })).toThrow(
    `'addSlackChannel' needs Amazon Q Developer in chat applications, which does not exist in ${region}`,
  );
});

test.each(['us-gov-west-1', 'cn-north-1'])('a comparison with the bill is refused in %s', (region) => {
  const there = stackIn(region);
  const costMeter = new library.CostMeter(there, 'Meter', {
    logGroup: new logs.LogGroup(there, 'Records'),
    adotLayer: library.AdotLayer.NONE,
  });
  expect(() => new library.BillReconciliation(there, 'It', { costMeter })).toThrow(
    `'source' needs the bill of commercial Regions in AWS Cost Explorer, which does not exist in ${region}: take BillSource.dataExport`,
  );
});

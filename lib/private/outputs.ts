import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CostMeter } from '../cost-meter';
import { Dashboards } from '../dashboards';
import { InvocationLogging } from '../invocation-logging';
import { TieredAlarms } from '../tiered-alarms';

interface Parts {
  readonly invocationLogging: InvocationLogging;
  readonly costMeter: CostMeter;
  readonly tieredAlarms: TieredAlarms;
  readonly dashboards: Dashboards;
}

/** Outputs of the stack for who has deployed it: where to look, and the names that the runbooks ask for. */
export function addOutputs(scope: Construct, { invocationLogging, costMeter, tieredAlarms, dashboards }: Parts): void {
  const { region } = Stack.of(scope);
  const outputs = new Construct(scope, 'Outputs');
  const add = (id: string, value: string, description: string) => new CfnOutput(outputs, id, { value, description });
  dashboards.audienceDashboards.forEach(({ node, dashboard }) =>
    add(
      `${node.id}Dashboard`,
      `https://${consoleOf(region)}/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard.dashboardName}`,
      `The ${node.id} dashboard`,
    ),
  );
  add('RecordsLogGroup', invocationLogging.logGroup.logGroupName, 'The log group with the invocation records, which may hold prompts');
  add('LedgerLogGroup', costMeter.ledgerLogGroup.logGroupName, 'The log group with one line per call, without prompts');
  add('DeadLetterQueue', costMeter.deadLetterQueue.queueUrl, 'The queue for records that could not be metered');
  add(
    'RedriveMapping',
    costMeter.redriveMapping.eventSourceMappingId,
    'The event source mapping that meters the dead letters again once it is enabled',
  );
  if (tieredAlarms.maintenanceTopic) {
    add('MaintenanceTopic', tieredAlarms.maintenanceTopic.topicArn, 'A message to this topic announces a maintenance of an hour');
  }
}

/** The host of the console. A stack without a Region is taken for one of the commercial Regions. */
function consoleOf(region: string): string {
  if (region.startsWith('us-gov-')) return 'console.amazonaws-us-gov.com';
  return region.startsWith('cn-') ? 'console.amazonaws.cn' : 'console.aws.amazon.com';
}

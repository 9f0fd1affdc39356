import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CostMeter } from '../cost-meter';
import { Dashboards } from '../dashboards';
import { InvocationLogging } from '../invocation-logging';

interface Parts {
  readonly invocationLogging: InvocationLogging;
  readonly costMeter: CostMeter;
  readonly dashboards: Dashboards;
}

/** Outputs of the stack for who has deployed it: where to look, and the names that the runbooks ask for. */
export function addOutputs(scope: Construct, { invocationLogging, costMeter, dashboards }: Parts): void {
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
}

/** The host of the console. A stack without a Region is taken for one of the commercial Regions. */
function consoleOf(region: string): string {
  if (region.startsWith('us-gov-')) return 'console.amazonaws-us-gov.com';
  return region.startsWith('cn-') ? 'console.amazonaws.cn' : 'console.aws.amazon.com';
}

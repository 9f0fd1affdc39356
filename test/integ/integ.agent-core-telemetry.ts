import { ExpectedResult, Match } from '@aws-cdk/integ-tests-alpha';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AgentCoreTelemetry } from '../../lib';
import { AccountTest, GONE } from './account-test';

// CloudWatch Logs has a delivery of the memory's logs into the log group, and one of its spans to X-Ray.
const { stack, test } = new AccountTest('AgentCoreTelemetry');
const memory = new agentcore.CfnMemory(stack, 'Memory', { name: 'integ_memory', eventExpiryDuration: 7 });
// As the service names it. It outlives the stack, so the test removes it.
const logGroupName = '/aws/bedrock-agentcore/runtimes/cdk-bedrock-observability-DEFAULT';
const telemetry = new AgentCoreTelemetry(stack, 'AgentCoreTelemetry', {
  memories: [memory],
  serviceLogGroups: [logs.LogGroup.fromLogGroupName(stack, 'RuntimeLogs', logGroupName)],
  removalPolicy: GONE,
});
const deliveries = telemetry.node.findAll().filter((each): each is logs.CfnDelivery => each instanceof logs.CfnDelivery);
deliveries.forEach(({ attrDeliveryId, deliverySourceName }, at) =>
  test.assertions.awsApiCall('cloudwatch-logs', 'GetDelivery', { id: attrDeliveryId }).expect(
    ExpectedResult.objectLike({
      delivery: Match.objectLike({ deliverySourceName, deliveryDestinationType: ['CWL', 'XRAY'][at] }),
    }),
  ),
);
test.assertions
  .awsApiCall('cloudwatch-logs', 'DescribeLogGroups', { logGroupNamePrefix: logGroupName })
  .expect(ExpectedResult.objectLike({ logGroups: [Match.objectLike({ retentionInDays: 30, dataProtectionStatus: 'ACTIVATED' })] }))
  .next(test.assertions.awsApiCall('cloudwatch-logs', 'DeleteLogGroup', { logGroupName }));

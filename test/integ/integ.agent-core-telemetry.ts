import { ExpectedResult, Match } from '@aws-cdk/integ-tests-alpha';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { AgentCoreTelemetry } from '../../lib';
import { AccountTest } from './account-test';

// CloudWatch Logs takes the delivery of a memory's logs.
const { stack, test } = new AccountTest('AgentCoreTelemetry');
const memory = new agentcore.Memory(stack, 'Memory', { memoryName: 'integ_memory' });
new AgentCoreTelemetry(stack, 'AgentCoreTelemetry', { memories: [memory] });
test.assertions.awsApiCall('cloudwatch-logs', 'DescribeDeliveries').expect(
  ExpectedResult.objectLike({
    deliveries: Match.arrayWith([Match.objectLike({ deliveryDestinationType: Match.stringLikeRegexp('.+') })]),
  }),
);

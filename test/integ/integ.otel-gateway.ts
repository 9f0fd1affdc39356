import { ExpectedResult } from '@aws-cdk/integ-tests-alpha';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { OtelGateway, OtlpDestination } from '../../lib';
import { AccountTest } from './account-test';

// ECS starts the collector with its configuration, and the load balancer finds it healthy: the deployment waits for both.
const { stack, test } = new AccountTest('OtelGateway');
const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: false });
const { service } = new OtelGateway(stack, 'OtelGateway', {
  vpc,
  destinations: [OtlpDestination.cloudWatch()],
  spanMetrics: true,
  minTasks: 1,
  maxTasks: 1,
});
test.assertions
  .awsApiCall('ecs', 'DescribeServices', { cluster: service.cluster.clusterName, services: [service.serviceName] })
  .assertAtPath('services.0.runningCount', ExpectedResult.exact(1));

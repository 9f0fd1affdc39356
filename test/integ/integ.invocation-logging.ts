import { ExpectedResult } from '@aws-cdk/integ-tests-alpha';
import * as kms from 'aws-cdk-lib/aws-kms';
import { DeliveryBucket, InvocationLogging } from '../../lib';
import { AccountTest, GONE } from './account-test';

// Bedrock takes a log group that is masked and encrypted, and a bucket; a record arrives. With `-c id=Renamed` it is the same stack
// with a renamed construct: npm run integ deploys both, one after the other, and checks that the setting is still there.
const account = new AccountTest('InvocationLogging');
const { app, stack, test } = account;
const logging = new InvocationLogging(stack, (app.node.tryGetContext('id') as string | undefined) ?? 'Logging', {
  encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true, removalPolicy: GONE }),
  largeData: DeliveryBucket.create(),
  removalPolicy: GONE,
});
const { logGroupName } = logging.logGroup;

const setting = test.assertions.awsApiCall('bedrock', 'GetModelInvocationLoggingConfiguration').expect(
  ExpectedResult.objectLike({
    loggingConfig: {
      textDataDeliveryEnabled: true,
      cloudWatchConfig: { logGroupName, roleArn: logging.deliveryRole!.roleArn },
    },
  }),
);
const call = setting.next(account.callModel());
account.eventually(
  call,
  'cloudwatch-logs',
  'DescribeLogStreams',
  { logGroupName, logStreamNamePrefix: 'aws/bedrock' },
  {
    logStreams: [{ logStreamName: 'aws/bedrock/modelinvocations' }],
  },
);

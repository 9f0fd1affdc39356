import { ExpectedResult } from '@aws-cdk/integ-tests-alpha';
import { AlarmTopic } from '../../lib';
import { AccountTest } from './account-test';

// The policies of topic and key are accepted.
const { stack, test } = new AccountTest('AlarmTopic');
const { topic } = new AlarmTopic(stack, 'AlarmTopic');
test.assertions
  .awsApiCall('sns', 'GetTopicAttributes', { TopicArn: topic.topicArn })
  .expect(ExpectedResult.objectLike({ Attributes: { TopicArn: topic.topicArn } }));

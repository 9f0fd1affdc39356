import { ExpectedResult, Match } from '@aws-cdk/integ-tests-alpha';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmTopic } from '../../lib';
import { AccountTest } from './account-test';

// The policies of topic and key are accepted, and let an alarm publish: CloudWatch says so in the history of the alarm.
const account = new AccountTest('AlarmTopic');
const { stack, test } = account;
const topic = new AlarmTopic(stack, 'AlarmTopic');
const alarm = new cloudwatch.Alarm(stack, 'Alarm', {
  alarmName: `${stack.stackName}-Alarm`,
  metric: new cloudwatch.Metric({ namespace: 'IntegAlarmTopic', metricName: 'nothing' }),
  threshold: 1,
  evaluationPeriods: 1,
});
alarm.addAlarmAction(topic);
const AlarmName = alarm.alarmName;
const rang = test.assertions
  .awsApiCall('cloudwatch', 'SetAlarmState', { AlarmName, StateValue: 'ALARM', StateReason: 'a test' })
  .next(
    test.assertions
      .awsApiCall('sns', 'GetTopicAttributes', { TopicArn: topic.topic.topicArn })
      .expect(ExpectedResult.objectLike({ Attributes: { TopicArn: topic.topic.topicArn } })),
  );
account.eventually(
  rang,
  'cloudwatch',
  'DescribeAlarmHistory',
  { AlarmName, HistoryItemType: 'Action' },
  {
    AlarmHistoryItems: Match.arrayWith([Match.objectLike({ HistorySummary: Match.stringLikeRegexp('^Successfully executed action') })]),
  },
);

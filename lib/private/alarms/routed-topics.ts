import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AlarmRouting } from '../../alarm-routing';

/** The topics that get messages: those of the actions of alarms, and further ones. Each once. */
export function routedTopics(
  { critical = [], warning = [], finOps = [], ok = [] }: AlarmRouting = {},
  more: sns.ITopic[] = [],
): sns.ITopic[] {
  const ofActions = [...critical, ...warning, ...finOps, ...ok].map(topicOf).filter((topic) => topic !== undefined);
  return [...new Set([...ofActions, ...more])];
}

/** `AlarmTopic` and `SnsAction` have their topic as a member. To ask an action for the ARN of its topic would be to bind it to an alarm. */
function topicOf(action: cloudwatch.IAlarmAction): sns.ITopic | undefined {
  const { topic } = action as { readonly topic?: sns.ITopic };
  return topic && typeof topic.metricNumberOfNotificationsFailed === 'function' ? topic : undefined;
}

import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sns from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import type { BedrockObservabilityProps } from '../../bedrock-observability-props';
import { requireSameRegion } from '../handed-in';
import { requireActionInRegion } from './alarm-actions';

/** The topics that get messages: those of the actions of alarms, and those of the digest. Each once. Throws for one of another Region. */
export function routedTopics(scope: IConstruct, { alarmRouting = {}, digest }: BedrockObservabilityProps): sns.ITopic[] {
  const { critical = [], warning = [], finOps = [], ok = [] } = alarmRouting;
  const ofActions = Object.entries({ critical, warning, finOps, ok }).flatMap(([tier, actions]) =>
    actions
      .map(topicOf)
      .filter((topic) => topic !== undefined)
      .map((topic) => {
        requireActionInRegion(`routing.${tier}`, topic.topicArn, Stack.of(scope));
        return topic;
      }),
  );
  digest?.topics?.forEach((topic) => requireSameRegion(scope, 'digest.topics', topic));
  return [...new Set([...ofActions, ...(digest?.topics ?? [])])];
}

/** `AlarmTopic` and `SnsAction` have their topic as a member. To ask an action for the ARN of its topic would be to bind it to an alarm. */
function topicOf(action: cloudwatch.IAlarmAction): sns.ITopic | undefined {
  const { topic } = action as { readonly topic?: sns.ITopic };
  return topic && typeof topic.metricNumberOfNotificationsFailed === 'function' ? topic : undefined;
}

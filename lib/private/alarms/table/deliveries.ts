import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmCategory } from '../../../alarm-category';
import { AlarmTier } from '../../../alarm-tier';
import { AlarmRow, MetricInputs } from './row';

const ABOUT_DELIVERY = { tier: AlarmTier.WARNING, category: AlarmCategory.TELEMETRY } satisfies Partial<AlarmRow>;
const QUARTER = Duration.minutes(15);

/** Alarms about what is sent and does not arrive, beside the records for the cost meter. */
export const DELIVERY_ROWS: readonly AlarmRow[] = [
  {
    ...ABOUT_DELIVERY,
    name: 'S3DeliveryFailing',
    summary: () => 'Bedrock cannot deliver invocation records, or the large prompts and answers of calls, to their S3 bucket',
    firstCheck: 'that the bucket exists, and that its policy and its key let bedrock.amazonaws.com write',
    metric: undeliveredToS3,
    threshold: 0,
    allowedRange: [0, Number.MAX_VALUE],
    reason: 'Bedrock does not try again: what is not delivered is nowhere else',
  },
  {
    ...ABOUT_DELIVERY,
    name: 'MessagesUndelivered',
    summary: () => 'a topic of alarms or digests cannot deliver its messages: some people do not receive them',
    firstCheck: 'which subscription fails: an address that was not confirmed, a webhook that answers with errors, or a queue that refuses',
    metric: undeliveredMessages,
    threshold: 0,
    allowedRange: [0, Number.MAX_VALUE],
    reason: 'an alarm that nobody receives is useless; the price is for each topic',
  },
];

/** Objects of both kinds of delivery. Source: Amazon Bedrock User Guide, "Monitor Amazon Bedrock with CloudWatch metrics". */
function undeliveredToS3({ bedrock }: MetricInputs): cloudwatch.IMetric {
  const metric = (metricName: string) => bedrock.metric(metricName, { period: QUARTER });
  return new cloudwatch.MathExpression({
    expression: 'FILL(records, 0) + FILL(bodies, 0)',
    usingMetrics: { records: metric('ModelInvocationLogsS3DeliveryFailure'), bodies: metric('ModelInvocationLargeDataS3DeliveryFailure') },
    label: 'Failed deliveries to S3',
    period: QUARTER,
  });
}

/** For subscriptions by HTTPS each attempt counts. Source: Amazon SNS Developer Guide, "Amazon SNS metrics". */
function undeliveredMessages({ topics = [] }: MetricInputs): cloudwatch.IMetric | undefined {
  if (topics.length === 0) {
    return undefined;
  }
  const metrics = topics.map((topic) =>
    topic.metricNumberOfNotificationsFailed({ period: QUARTER, statistic: cloudwatch.Stats.SUM, region: topic.env.region }),
  );
  const usingMetrics = Object.fromEntries(metrics.map((metric, at) => [`topic${at}`, metric]));
  return new cloudwatch.MathExpression({
    expression: Object.keys(usingMetrics)
      .map((topic) => `FILL(${topic}, 0)`)
      .join(' + '),
    usingMetrics,
    label: 'Undelivered messages',
    period: QUARTER,
  });
}

import { DEFAULT_NAMESPACE, Metrics } from '../../engine/telemetry/names';
import { type Incident, metric } from './incident';

const METER = { FunctionName: '*' };

/** What goes wrong with the observability itself. */
export const TELEMETRY_INCIDENTS: readonly Incident[] = [
  { name: 'the meter fails on every batch', alarm: 'MeterErrors', within: 35, lasts: 60, minute: metric('AWS/Lambda', 'Errors', 2, METER) },
  {
    name: 'the meter gets no execution environment',
    alarm: 'MeterThrottles',
    within: 35,
    lasts: 60,
    minute: metric('AWS/Lambda', 'Throttles', 3, METER),
  },
  {
    name: 'records wait for the meter',
    alarm: 'MeterDelay',
    within: 20,
    lasts: 60,
    minute: metric('AWS/Lambda', 'AsyncEventAge', 1_200_000, METER),
  },
  {
    name: 'a batch ends in the dead-letter queue',
    alarm: 'DeadLetters',
    within: 10,
    lasts: 60,
    minute: metric('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 1, { QueueName: '*' }),
  },
  {
    name: 'Lambda drops a batch',
    alarm: 'DeadLetters',
    within: 10,
    lasts: 1,
    minute: metric('AWS/Lambda', 'AsyncEventsDropped', 1, METER),
  },
  {
    name: 'the meter may not write to its dead-letter queue',
    alarm: 'RecordsLost',
    within: 20,
    lasts: 1,
    minute: metric('AWS/Lambda', 'DeadLetterErrors', 1, METER),
  },
  {
    name: 'records that cannot be read',
    alarm: 'MalformedRecords',
    within: 10,
    lasts: 30,
    minute: metric(DEFAULT_NAMESPACE, Metrics.RECORDS_MALFORMED, 1),
  },
  {
    name: 'the meter may no longer ask for profiles',
    alarm: 'LookUpsFailing',
    within: 35,
    lasts: 60,
    minute: metric(DEFAULT_NAMESPACE, Metrics.LOOK_UPS_FAILED, 1),
  },
  {
    name: 'more callers than the meter publishes',
    alarm: 'ValuesFolded',
    within: 10,
    lasts: 60,
    minute: metric(DEFAULT_NAMESPACE, Metrics.VALUES_FOLDED, 5),
  },
  {
    name: 'CloudWatch rejects metric lines',
    alarm: 'MetricsRejected',
    within: 15,
    lasts: 60,
    minute: metric('AWS/Logs', 'EMFValidationErrors', 2, { LogGroupName: '*' }),
  },
  {
    name: 'the bucket of large prompts refuses Bedrock',
    alarm: 'S3DeliveryFailing',
    within: 20,
    lasts: 30,
    minute: metric('AWS/Bedrock', 'ModelInvocationLargeDataS3DeliveryFailure', 1),
  },
  {
    name: 'the archive of records refuses Bedrock',
    alarm: 'S3DeliveryFailing',
    within: 20,
    lasts: 30,
    minute: metric('AWS/Bedrock', 'ModelInvocationLogsS3DeliveryFailure', 1),
  },
  {
    name: 'the pager answers with errors',
    alarm: 'MessagesUndelivered',
    within: 20,
    lasts: 1,
    minute: metric('AWS/SNS', 'NumberOfNotificationsFailed', 1, { TopicName: 'critical' }),
  },
];

import { Audience } from '../../audience';
import { WidgetShape } from '../../widget-shape';
import { LogQuery } from './log-query';
import { columns, moment } from './query-columns';

/** The queries over the events of a CloudTrail trail. */
export const TRAIL_QUERIES: readonly LogQuery[] = [
  {
    id: 'LoggingChanges',
    title: 'Changes of the invocation logging',
    widget: { audiences: [Audience.SECURITY], question: 'who changed the logging', shape: WidgetShape.TABLE },
    lines: [
      'filter eventSource = "bedrock.amazonaws.com" and eventName in ["PutModelInvocationLoggingConfiguration", "DeleteModelInvocationLoggingConfiguration"]',
      columns(
        ['Time (UTC)', moment('eventTime')],
        ['Change', 'eventName'],
        ['Caller', 'userIdentity.arn'],
        ['From', 'sourceIPAddress'],
        ['Error', 'errorCode'],
      ),
      'sort @timestamp desc',
      'limit 50',
    ],
  },
];

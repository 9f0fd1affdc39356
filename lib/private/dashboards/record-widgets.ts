import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Audience } from '../../audience';
import { BedrockMetrics } from '../../bedrock-metrics';
import { DashboardWidgetProps } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import { Signals } from '../../../engine/telemetry/names';
import { countOrZero, priceCoverage } from './dashboard-math';
import { searchBy, searchText } from './search';
import { COLOR } from './token-style';
import { WidgetContext } from './widget-context';

const { SECURITY } = Audience;
const { TOTAL, STACK, LINES } = WidgetShape;

/** Widgets about the record of calls: is it complete, could it be read, was it changed? To add one, add one entry. */
export function recordWidgets(context: WidgetContext): DashboardWidgetProps[] {
  const { sources, period, by } = context;
  const { costMetrics: cost } = sources;
  const bedrock = BedrockMetrics.forAccount();
  const failures = {
    logs: (options: cloudwatch.MetricOptions) => bedrock.metricModelInvocationLogsCloudWatchDeliveryFailure(options),
    s3: (options: cloudwatch.MetricOptions) => bedrock.metric('ModelInvocationLogsS3DeliveryFailure', options),
    large: (options: cloudwatch.MetricOptions) => bedrock.metric('ModelInvocationLargeDataS3DeliveryFailure', options),
  };
  return [
    {
      id: 'UnreadRecords',
      audiences: [SECURITY],
      question: 'could every record be read',
      title: 'Unreadable records',
      shape: TOTAL,
      metrics: [countOrZero('malformed', cost.metricMalformed(), { label: 'could not be read', period })],
    },
    {
      id: 'DeliveryFailed',
      audiences: [SECURITY],
      question: 'is every call on record',
      title: 'Undelivered records',
      shape: TOTAL,
      metrics: [
        countOrZero('logs', failures.logs({}), { label: 'to the log group', period }),
        countOrZero('bucket', failures.s3({}), { label: 'to S3', period }),
      ],
    },
    ...optionalNumbers(context),
    {
      id: 'OutsideTheMeter',
      audiences: [SECURITY],
      question: 'which calls leave no record',
      title: 'Calls without a record',
      shape: TOTAL,
      metrics: [countOrZero('mantle', mantleCalls(), { label: 'bedrock-mantle', period })],
    },
    {
      id: 'Records',
      audiences: [SECURITY],
      question: 'is every record accounted for',
      title: `Log records by outcome, ${by}`,
      shape: STACK,
      // What is rare comes first: on top of a stack, a series of zeros would be an outline of the others.
      metrics: [
        cost.metricMalformed({ period, label: 'Unreadable', color: COLOR.BAD }),
        cost.metricUnpriced({ period, label: 'Without a price', color: COLOR.WARN }),
        cost.metricIgnored({ period, label: 'Nothing to price', color: COLOR.QUIET }),
        cost.metricPriced({ period, label: 'Priced', color: COLOR.GOOD }),
      ],
    },
    {
      id: 'CoverageTrend',
      audiences: [SECURITY],
      question: 'how much of the use has a price',
      title: `Calls with a price, ${by} (%)`,
      shape: LINES,
      metrics: [priceCoverage(cost, { period, label: 'With a price', color: COLOR.GOOD })],
      maximum: 100,
    },
    {
      id: 'Delivery',
      audiences: [SECURITY],
      question: 'when was the record incomplete',
      title: `Log records that Bedrock could not deliver, ${by}`,
      shape: STACK,
      metrics: [
        countOrZero('large', failures.large({}), { period, label: 'Large bodies', color: COLOR.QUIET }),
        countOrZero('bucket', failures.s3({}), { period, label: 'S3', color: COLOR.WARN }),
        countOrZero('logs', failures.logs({}), { period, label: 'CloudWatch Logs', color: COLOR.BAD }),
      ],
    },
    {
      id: 'Guardrails',
      audiences: [SECURITY],
      question: 'how often do guardrails step in',
      title: `Interventions by guardrail, ${by} (calls)`,
      shape: STACK,
      metrics: [
        searchBy({
          namespace: 'AWS/Bedrock/Guardrails',
          dimension: ['GuardrailArn', 'GuardrailVersion'],
          metricName: 'InvocationsIntervened',
          statistic: 'Sum',
          period,
        }),
      ],
    },
  ];
}

/** Single values whose source may be switched off. */
function optionalNumbers({ sources, period }: WidgetContext): DashboardWidgetProps[] {
  const { costMetrics: cost, signalsPublished, invocationLogGroup } = sources;
  return [
    ...(signalsPublished
      ? [
          {
            id: 'LoggingChanged',
            audiences: [SECURITY],
            question: 'was the logging changed',
            title: 'Changes of the logging',
            shape: TOTAL,
            // Not filled with zeros: while the signal is silent, nobody knows.
            metrics: [cost.metric(Signals.LOGGING_CHANGED, { label: 'not by this stack' })],
          },
        ]
      : []),
    ...(invocationLogGroup
      ? [
          {
            id: 'Findings',
            audiences: [SECURITY],
            question: 'was personal data found',
            title: 'Data-protection findings',
            shape: TOTAL,
            metrics: [
              new cloudwatch.MathExpression({
                expression: findings(invocationLogGroup.logGroupRef.logGroupName, period),
                usingMetrics: {},
                label: 'log events masked',
                period,
              }),
            ],
          },
        ]
      : []),
  ];
}

/**
 * Log events with findings. The sets of dimensions under which CloudWatch Logs counts them are not documented; those in use are
 * tried, and of counts of the same events the highest is taken.
 */
function findings(logGroupName: string, period: Duration): string {
  const sets = [[], ['DataProtectionOperation'], ['DataProtectionOperation', 'PolicyName']];
  const searches = sets.map((further) => {
    const searched = { namespace: 'AWS/Logs', dimension: ['LogGroupName', ...further], metricName: 'LogEventsWithFindings' };
    return `MAX(${searchText({ ...searched, statistic: 'Sum', period }, `"${logGroupName}"`)})`;
  });
  return `FILL(MAX([${searches.join(', ')}]), 0)`;
}

/** Calls to the `bedrock-mantle` endpoint, which writes no invocation records. Source: Amazon Bedrock User Guide. */
function mantleCalls(): cloudwatch.Metric {
  return new cloudwatch.Metric({ namespace: 'AWS/BedrockMantle', metricName: 'Inferences', statistic: cloudwatch.Stats.SUM });
}

import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmTier } from '../../alarm-tier';
import { alarmNameOf, AlarmSetting } from './alarm-name';
import { runbookUrl } from './runbook-url';

interface IncidentAlarmProps extends AlarmSetting {
  readonly tier: AlarmTier;
  readonly symptoms: readonly cloudwatch.IAlarm[];

  /** No actions are carried out while this alarm is on. */
  readonly suppressor?: cloudwatch.IAlarmRef;

  /** The incident is off while this alarm is on. */
  readonly unless?: cloudwatch.IAlarm;
}

/** The composite alarm that is on while any symptom of its tier is. Undefined where there are no symptoms. */
export function newIncidentAlarm(scope: Construct, id: string, props: IncidentAlarmProps): cloudwatch.CompositeAlarm | undefined {
  const { tier, symptoms, actionsEnabled, runbooksUrl, namePrefix, suppressor, unless } = props;
  if (symptoms.length === 0) {
    return undefined;
  }
  const isOn = (alarm: cloudwatch.IAlarm) => cloudwatch.AlarmRule.fromAlarm(alarm, cloudwatch.AlarmState.ALARM);
  const anySymptom = cloudwatch.AlarmRule.anyOf(...symptoms.map(isOn));
  return new cloudwatch.CompositeAlarm(scope, id, {
    compositeAlarmName: alarmNameOf(namePrefix, id),
    alarmDescription:
      `[${tier}] Calls to Amazon Bedrock fail, are slow or look unusual. Check first: the alarms named in this message as ` +
      `triggering, and their own descriptions. Runbook: ${runbookUrl(`${tier}-incident`, runbooksUrl)}`,
    alarmRule: unless ? cloudwatch.AlarmRule.allOf(anySymptom, cloudwatch.AlarmRule.not(isOn(unless))) : anySymptom,
    actionsEnabled,
    actionsSuppressor: suppressor,
    actionsSuppressorWaitPeriod: suppressor && Duration.minutes(1),
    actionsSuppressorExtensionPeriod: suppressor && Duration.minutes(1),
  });
}

/** The topic to which a message announces a maintenance. Its messages are no secret: the key is the one that AWS has for topics. */
export function newMaintenanceTopic(scope: Construct): sns.Topic {
  const masterKey = kms.Alias.fromAliasName(scope, 'MaintenanceKey', 'alias/aws/sns');
  return new sns.Topic(scope, 'MaintenanceTopic', { enforceSSL: true, masterKey });
}

/**
 * The alarm that is on for an hour after a message to a topic. It goes off by itself, so that a maintenance whose end is forgotten
 * does not silence the alarms for good.
 *
 * CloudWatch counts the messages in a namespace of AWS, into which nobody can put metrics: only who may publish to the topic can
 * announce a maintenance. Source: CloudWatch API reference, PutMetricData.
 */
export function newMaintenanceAlarm(scope: Construct, id: string, topic: sns.ITopic, namePrefix: string): cloudwatch.Alarm {
  return new cloudwatch.Alarm(scope, id, {
    alarmName: alarmNameOf(namePrefix, id),
    alarmDescription: 'A maintenance was announced: symptoms of an outage notify nobody for an hour',
    metric: topic.metricNumberOfMessagesPublished({ statistic: cloudwatch.Stats.SUM, period: Duration.hours(1) }),
    threshold: 0,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}

import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { maintenanceNamespace, Signals } from '../../../engine/telemetry/names';
import { AlarmTier } from '../../alarm-tier';
import { runbookUrl } from './runbook-url';

interface IncidentAlarmProps {
  readonly tier: AlarmTier;
  readonly symptoms: readonly cloudwatch.IAlarm[];
  readonly actionsEnabled: boolean;
  readonly runbooksUrl?: string;

  /** No actions are carried out while this alarm is on. */
  readonly suppressor?: cloudwatch.IAlarmRef;

  /** The incident is off while this alarm is on. */
  readonly unless?: cloudwatch.IAlarm;
}

/** The composite alarm that is on while any symptom of its tier is. Undefined where there are no symptoms. */
export function newIncidentAlarm(scope: Construct, id: string, props: IncidentAlarmProps): cloudwatch.CompositeAlarm | undefined {
  const { tier, symptoms, actionsEnabled, runbooksUrl, suppressor, unless } = props;
  if (symptoms.length === 0) {
    return undefined;
  }
  const isOn = (alarm: cloudwatch.IAlarm) => cloudwatch.AlarmRule.fromAlarm(alarm, cloudwatch.AlarmState.ALARM);
  const anySymptom = cloudwatch.AlarmRule.anyOf(...symptoms.map(isOn));
  return new cloudwatch.CompositeAlarm(scope, id, {
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

/**
 * The alarm that is on for an hour after a maintenance was announced by a datapoint. It goes off by itself, so that a
 * maintenance whose end is forgotten does not silence the alarms for good.
 */
export function newMaintenanceAlarm(scope: Construct, id: string, namespace: string): cloudwatch.Alarm {
  return new cloudwatch.Alarm(scope, id, {
    alarmDescription: 'A maintenance was announced: symptoms of an outage notify nobody for an hour',
    metric: new cloudwatch.Metric({
      namespace: maintenanceNamespace(namespace),
      metricName: Signals.MAINTENANCE,
      statistic: cloudwatch.Stats.MAXIMUM,
      period: Duration.hours(1),
    }),
    threshold: 0,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}

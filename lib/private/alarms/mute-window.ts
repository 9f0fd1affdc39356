import { CfnResource } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmMuteWindow } from '../../alarm-mute-window';
import { requireKnown, requireTimeZone } from '../validation';

const MAX_DAYS = 15;

/** Throws for a window that CloudWatch would not accept. */
export function requireMuteWindow({ cron, duration, timeZone = 'UTC' }: AlarmMuteWindow): void {
  requireKnown('muteWindows.cron', cron);
  requireKnown('muteWindows.duration', duration);
  requireTimeZone(timeZone, 'muteWindows.timeZone');
  if (cron.trim().split(/\s+/).length !== 5) {
    throw new Error(`'muteWindows.cron' must have the five fields minute, hour, day of month, month and day of week, got '${cron}'`);
  }
  const minutes = duration.toMinutes({ integral: false });
  if (!(minutes >= 1 && minutes <= MAX_DAYS * 24 * 60)) {
    throw new Error(`'muteWindows.duration' must be from 1 minute to ${MAX_DAYS} days, got ${minutes} minutes`);
  }
}

/** A mute rule over alarms. Older versions of aws-cdk-lib have no construct for it. */
export function newMuteRule(scope: Construct, id: string, window: AlarmMuteWindow, alarms: readonly cloudwatch.AlarmBase[]): void {
  const { cron, duration, timeZone = 'UTC' } = window;
  new CfnResource(scope, id, {
    type: 'AWS::CloudWatch::AlarmMuteRule',
    properties: {
      Description: 'Alarms about Amazon Bedrock notify nobody in this time',
      MuteTargets: { AlarmNames: alarms.map((alarm) => alarm.alarmName) },
      Rule: { Schedule: { Expression: `cron(${cron})`, Duration: duration.toIsoString(), Timezone: timeZone } },
    },
  });
}

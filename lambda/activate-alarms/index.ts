import { CloudWatchClient, EnableAlarmActionsCommand } from '@aws-sdk/client-cloudwatch';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { readActivationConfig } from './config';

const DAY = 86_400_000;

/** Most names in one call. Source: CloudWatch API reference, EnableAlarmActions. */
const MAX_NAMES = 100;

const config = readActivationConfig(process.env);
const cloudWatch = new CloudWatchClient({});
const ssm = new SSMClient({});

/** Turns the actions of alarms on, once enough days have passed. */
export async function handler({ alarmNames }: { readonly alarmNames: readonly string[] }): Promise<void> {
  const start = await readStart();
  if (start !== undefined && Date.now() < start.getTime() + config.activateAfterDays * DAY) {
    return;
  }
  for (let i = 0; i < alarmNames.length; i += MAX_NAMES) {
    await cloudWatch.send(new EnableAlarmActionsCommand({ AlarmNames: alarmNames.slice(i, i + MAX_NAMES) }));
  }
}

/** Undefined where the parameter was deleted: operators do that to have the alarms act at once. */
async function readStart(): Promise<Date | undefined> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: config.startParameter }));
    return Parameter?.LastModifiedDate;
  } catch (error) {
    if (error instanceof ParameterNotFound) {
      return undefined;
    }
    throw error;
  }
}

import { CloudWatchClient, EnableAlarmActionsCommand } from '@aws-sdk/client-cloudwatch';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { withDeadline } from '../shared/deadline';
import { readActivationConfig } from './config';

const DAY = 86_400_000;

/** Most names in one call. Source: CloudWatch API reference, EnableAlarmActions. */
const MAX_NAMES = 100;

/** How long one answer may take. Alarms are named in few requests, and the function has a minute. */
const DEADLINE_MS = 10_000;

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
    const command = new EnableAlarmActionsCommand({ AlarmNames: alarmNames.slice(i, i + MAX_NAMES) });
    await withDeadline('EnableAlarmActions', DEADLINE_MS, (abortSignal) => cloudWatch.send(command, { abortSignal }));
  }
}

/** Undefined where the parameter was deleted: operators do that to have the alarms act at once. */
async function readStart(): Promise<Date | undefined> {
  const command = new GetParameterCommand({ Name: config.startParameter });
  try {
    const { Parameter } = await withDeadline('GetParameter', DEADLINE_MS, (abortSignal) => ssm.send(command, { abortSignal }));
    return Parameter?.LastModifiedDate;
  } catch (error) {
    if (error instanceof ParameterNotFound) {
      return undefined;
    }
    throw error;
  }
}

import { CloudWatchClient, EnableAlarmActionsCommand } from '@aws-sdk/client-cloudwatch';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';

const START_PARAMETER = process.env.START_PARAMETER ?? '';
const LEARNING_DAYS = Number(process.env.LEARNING_DAYS);
const DAY = 86_400_000;
/** EnableAlarmActions takes no more names in one call. */
const MAX_NAMES = 100;

const cloudWatch = new CloudWatchClient({});
const ssm = new SSMClient({});

export async function handler(event: { readonly alarmNames: readonly string[] }): Promise<void> {
  const start = await learningStart();
  if (start !== undefined && Date.now() < start.getTime() + LEARNING_DAYS * DAY) {
    return;
  }
  for (let i = 0; i < event.alarmNames.length; i += MAX_NAMES) {
    await cloudWatch.send(new EnableAlarmActionsCommand({ AlarmNames: event.alarmNames.slice(i, i + MAX_NAMES) }));
  }
}

/** A parameter that was deleted ends the learning. */
async function learningStart(): Promise<Date | undefined> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: START_PARAMETER }));
    return Parameter?.LastModifiedDate;
  } catch (error) {
    if (error instanceof ParameterNotFound) {
      return undefined;
    }
    throw error;
  }
}

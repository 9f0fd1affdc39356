import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { AccountSetting } from './account-setting';
import { respond, type CustomResourceResponse } from './respond';
import { configurationFrom, type SentConfiguration } from './configuration';
import { OwnershipRecord } from './ownership';
import type { RetryPolicy } from './retry';
import { Reconciler } from './reconciler';

const OWNERSHIP_PARAMETER = process.env.OWNERSHIP_PARAMETER ?? '';
/** Seconds before the second attempt of a failed call; later ones wait longer. */
const RETRY_DELAY_SECONDS = Number(process.env.RETRY_DELAY_SECONDS ?? 2);
/** Seconds of the function's own time that are kept for the answer to CloudFormation. */
const ANSWER_SECONDS = Number(process.env.ANSWER_SECONDS ?? 15);

interface Properties {
  readonly OnExisting: 'fail' | 'adopt' | 'replace';
  readonly LoggingConfig?: SentConfiguration;
}

export async function handler(event: CloudFormationCustomResourceEvent, context: Context): Promise<void> {
  const end = Date.now() + context.getRemainingTimeInMillis();
  const retryPolicy = (deadline: number): RetryPolicy => ({ deadline, retryDelaySeconds: RETRY_DELAY_SECONDS });
  const outcome = await handle(event, retryPolicy(end - ANSWER_SECONDS * 1000));
  console.log(JSON.stringify({ requestType: event.RequestType, status: outcome.status, reason: outcome.reason }));
  await respond(event, outcome, retryPolicy(end));
}

async function handle(event: CloudFormationCustomResourceEvent, retryPolicy: RetryPolicy): Promise<CustomResourceResponse> {
  const physicalResourceId = OWNERSHIP_PARAMETER;
  const reconciler = new Reconciler(new AccountSetting(retryPolicy), new OwnershipRecord(OWNERSHIP_PARAMETER, retryPolicy));
  try {
    if (event.RequestType === 'Delete') {
      await reconciler.release();
      return { status: 'SUCCESS', physicalResourceId };
    }
    const { OnExisting, LoggingConfig = {} } = event.ResourceProperties as unknown as Properties;
    const choices = { isUpdate: event.RequestType === 'Update', mayReplace: OnExisting === 'replace' };
    const logGroupName =
      OnExisting === 'adopt' ? await reconciler.adopt() : await reconciler.apply(configurationFrom(LoggingConfig), choices);
    return { status: 'SUCCESS', physicalResourceId, data: { LogGroupName: logGroupName } };
  } catch (error) {
    return { status: 'FAILED', physicalResourceId, reason: (error as Error).message };
  }
}

import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { AccountSetting } from './account-setting';
import { configurationFrom, type SentConfiguration } from './configuration';
import { OwnershipRecord } from './ownership';
import { Reconciler } from './reconciler';
import { respond, type CustomResourceResponse } from './respond';
import type { RetryPolicy } from './retry';

const OWNERSHIP_PARAMETER = process.env.OWNERSHIP_PARAMETER ?? '';
/** Before the second attempt of a failed call; the delay grows with each further attempt. */
const RETRY_DELAY_SECONDS = Number(process.env.RETRY_DELAY_SECONDS ?? 2);
/** Kept of the function's time for the response to CloudFormation, without which the stack waits until its timeout. */
const ANSWER_SECONDS = Number(process.env.ANSWER_SECONDS ?? 15);

interface Properties {
  readonly OnExisting: 'fail' | 'adopt' | 'replace';
  readonly LoggingConfig?: SentConfiguration;
}

export async function handler(event: CloudFormationCustomResourceEvent, context: Context): Promise<void> {
  const end = Date.now() + context.getRemainingTimeInMillis();
  const retryPolicy = (deadline: number): RetryPolicy => ({ deadline, retryDelaySeconds: RETRY_DELAY_SECONDS });
  const response = await handle(event, retryPolicy(end - ANSWER_SECONDS * 1000));
  console.log(JSON.stringify({ requestType: event.RequestType, status: response.status, reason: response.reason }));
  await respond(event, response, retryPolicy(end));
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
    const options = { isUpdate: event.RequestType === 'Update', mayReplace: OnExisting === 'replace' };
    const logGroupName =
      OnExisting === 'adopt' ? await reconciler.adopt() : await reconciler.apply(configurationFrom(LoggingConfig), options);
    return { status: 'SUCCESS', physicalResourceId, data: { LogGroupName: logGroupName } };
  } catch (error) {
    return { status: 'FAILED', physicalResourceId, reason: (error as Error).message };
  }
}

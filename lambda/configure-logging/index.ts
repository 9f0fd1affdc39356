import type { LoggingConfig } from '@aws-sdk/client-bedrock';
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
  // A create has no physical id yet. Later requests name the record that it made.
  const { PhysicalResourceId: physicalResourceId = OWNERSHIP_PARAMETER } = event as { PhysicalResourceId?: string };
  const reconciler = new Reconciler(new AccountSetting(retryPolicy), new OwnershipRecord(physicalResourceId, retryPolicy));
  const properties = event.ResourceProperties as unknown as Properties;
  const mayReplace = properties.OnExisting !== 'fail';
  try {
    if (event.RequestType === 'Delete') {
      await reconciler.release({ wanted: wantedBy(properties), mayReplace });
      return { status: 'SUCCESS', physicalResourceId };
    }
    const isUpdate = event.RequestType === 'Update';
    const previous = isUpdate ? wantedBy(event.OldResourceProperties as unknown as Partial<Properties>) : undefined;
    const logGroupName =
      properties.OnExisting === 'adopt'
        ? await reconciler.adopt()
        : await reconciler.apply(configurationFrom(properties.LoggingConfig ?? {}), { previous, isUpdate, mayReplace });
    return { status: 'SUCCESS', physicalResourceId, data: { LogGroupName: logGroupName } };
  } catch (error) {
    return { status: 'FAILED', physicalResourceId, reason: (error as Error).message };
  }
}

function wantedBy({ LoggingConfig }: Partial<Properties> = {}): LoggingConfig | undefined {
  return LoggingConfig && configurationFrom(LoggingConfig);
}

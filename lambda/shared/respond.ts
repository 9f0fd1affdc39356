import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { retry, type RetryPolicy } from './retry';

/**
 * Bytes of a reason in JSON. CloudFormation refuses a response of more than 4,096 bytes, of which the ids take the other part.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
const MAX_REASON = 2_400;

export interface CustomResourceResponse {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly physicalResourceId: string;
  readonly reason?: string;
  readonly data?: Record<string, string>;
}

/** Sends the response to CloudFormation. The URL is presigned, so it is in no log line and no error message. */
export async function respond(
  event: CloudFormationCustomResourceEvent,
  { status, physicalResourceId, reason, data }: CustomResourceResponse,
  retryPolicy: RetryPolicy,
): Promise<void> {
  const body = JSON.stringify({
    Status: status,
    Reason: reason === undefined ? undefined : shortened(reason),
    PhysicalResourceId: physicalResourceId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    Data: data,
  });
  await retry(async (signal) => {
    // An empty content type, as in AWS's own cfn-response module: the signature of the URL covers the header.
    const response = await fetch(event.ResponseURL, { method: 'PUT', body, headers: { 'content-type': '' }, signal });
    if (!response.ok) {
      throw new Error(`CloudFormation did not take the response: HTTP ${response.status}`);
    }
  }, retryPolicy);
}

/** By whole characters: names and prefixes may hold any, of up to four bytes. */
function shortened(reason: string): string {
  let bytes = 0;
  const fits = [...reason].findIndex((character) => (bytes += Buffer.byteLength(JSON.stringify(character)) - 2) > MAX_REASON);
  return fits === -1 ? reason : [...reason].slice(0, fits).join('');
}

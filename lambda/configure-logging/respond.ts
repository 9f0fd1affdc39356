import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { retry, type RetryPolicy } from './retry';

/** CloudFormation refuses an answer above 4,096 bytes. */
const MAX_REASON = 2_000;

export interface CustomResourceResponse {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly physicalResourceId: string;
  readonly reason?: string;
  readonly data?: Record<string, string>;
}

/** Tells CloudFormation how it ended. The URL is signed: it must not be logged. */
export async function respond(
  event: CloudFormationCustomResourceEvent,
  outcome: CustomResourceResponse,
  retryPolicy: RetryPolicy,
): Promise<void> {
  const body = JSON.stringify({
    Status: outcome.status,
    Reason: outcome.reason?.slice(0, MAX_REASON),
    PhysicalResourceId: outcome.physicalResourceId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    Data: outcome.data,
  });
  await retry(async (signal) => {
    const response = await fetch(event.ResponseURL, { method: 'PUT', body, headers: { 'content-type': '' }, signal });
    if (!response.ok) {
      throw new Error(`CloudFormation did not take the answer: HTTP ${response.status}`);
    }
  }, retryPolicy);
}

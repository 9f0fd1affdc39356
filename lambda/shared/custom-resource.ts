import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { respond, type CustomResourceResponse } from './respond';
import type { RetryPolicy } from './retry';

/** Before the second attempt of a failed call; the delay grows with each further attempt. */
const RETRY_DELAY_SECONDS = Number(process.env.RETRY_DELAY_SECONDS ?? 2);
/** Kept of the function's time for the response to CloudFormation, without which the stack waits until its timeout. */
const ANSWER_SECONDS = Number(process.env.ANSWER_SECONDS ?? 15);

/** A request of CloudFormation, with the physical id of the resource. */
interface Request {
  readonly event: CloudFormationCustomResourceEvent;
  readonly physicalResourceId: string;
  readonly retryPolicy: RetryPolicy;
}

/**
 * A handler that answers CloudFormation with what a request ends in, or with why it failed.
 *
 * @param carryOut returns the attributes of the resource
 * @param physicalIdOf by default the name of the ownership record
 */
export function customResource(
  carryOut: (request: Request) => Promise<Record<string, string> | undefined>,
  physicalIdOf: (event: CloudFormationCustomResourceEvent) => string = recordOf,
) {
  return async (event: CloudFormationCustomResourceEvent, context: Context): Promise<void> => {
    const end = Date.now() + context.getRemainingTimeInMillis();
    const retryPolicy = (deadline: number): RetryPolicy => ({ deadline, retryDelaySeconds: RETRY_DELAY_SECONDS });
    const physicalResourceId = physicalIdOf(event);
    const response = await outcome(physicalResourceId, () =>
      carryOut({ event, physicalResourceId, retryPolicy: retryPolicy(end - ANSWER_SECONDS * 1000) }),
    );
    console.log(JSON.stringify({ requestType: event.RequestType, status: response.status, reason: response.reason }));
    await respond(event, response, retryPolicy(end));
  };
}

async function outcome(
  physicalResourceId: string,
  carryOut: () => Promise<Record<string, string> | undefined>,
): Promise<CustomResourceResponse> {
  try {
    return { status: 'SUCCESS', physicalResourceId, data: await carryOut() };
  } catch (error) {
    return { status: 'FAILED', physicalResourceId, reason: (error as Error).message };
  }
}

/** A create has no physical id yet. Later requests name the record that it made. */
const recordOf = (event: CloudFormationCustomResourceEvent): string =>
  (event as { PhysicalResourceId?: string }).PhysicalResourceId ?? process.env.OWNERSHIP_PARAMETER ?? '';

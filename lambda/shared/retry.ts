import { createWaiter, WaiterState } from '@smithy/util-waiter';

export interface RetryPolicy {
  /** In milliseconds since the epoch, for all attempts together. */
  readonly deadline: number;
  readonly retryDelaySeconds: number;
}

/** For one attempt. */
const TIMEOUT_MS = 10_000;
const MAX_RETRY_DELAY_SECONDS = 15;

/** Repeats a call while its failures are retryable and the deadline is not reached; then throws the last failure. */
export async function retry<T>(
  call: (abortSignal: AbortSignal) => Promise<T>,
  { deadline, retryDelaySeconds }: RetryPolicy,
  isRetryable = isTransient,
): Promise<T> {
  let failure: unknown;
  const maxWaitTime = Math.max(secondsUntil(deadline), 0.001);
  const minDelay = Math.min(retryDelaySeconds, maxWaitTime / 2);
  const outcome = await createWaiter(
    { client: undefined, maxWaitTime, minDelay, maxDelay: MAX_RETRY_DELAY_SECONDS },
    undefined,
    async () => {
      const time = Math.ceil(Math.max(Math.min(TIMEOUT_MS, deadline - Date.now()), 1));
      try {
        return { state: WaiterState.SUCCESS, reason: await call(AbortSignal.timeout(time)) };
      } catch (error) {
        // An attempt that was cut off at the deadline says less than the failure of the attempt before.
        failure = (error as Error).name === 'AbortError' ? (failure ?? error) : error;
        return { state: isRetryable(error) ? WaiterState.RETRY : WaiterState.FAILURE, reason: error };
      }
    },
  );
  if (outcome.state !== WaiterState.SUCCESS) {
    throw failure;
  }
  return outcome.reason as T;
}

/**
 * Throttles, server errors and missing answers. Also denials, which end once IAM has propagated the function's new role,
 * except explicit ones: those come from a policy of the organization.
 */
export function isTransient(error: unknown): boolean {
  const { name = '', message = '', $metadata } = error as { name?: string; message?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  return (
    status === undefined || status === 429 || status >= 500 || /throttl/i.test(name) || (isDenial(error) && !/explicit deny/i.test(message))
  );
}

export function isDenial(error: unknown): boolean {
  return /AccessDenied/.test((error as Error).name);
}

function secondsUntil(time: number): number {
  return (time - Date.now()) / 1000;
}

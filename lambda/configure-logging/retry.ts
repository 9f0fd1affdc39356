import { createWaiter, WaiterState } from '@smithy/util-waiter';

/** Until when to go on, and how soon to try again. */
export interface RetryPolicy {
  readonly deadline: number;
  readonly retryDelaySeconds: number;
}

const ATTEMPT_MS = 10_000;
const MAX_RETRY_DELAY_SECONDS = 15;

/** Repeats a call while its failure may pass by itself; throws the last failure once it will not, or the time is up. */
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
      const time = Math.max(Math.min(ATTEMPT_MS, deadline - Date.now()), 1);
      try {
        return { state: WaiterState.SUCCESS, reason: await call(AbortSignal.timeout(time)) };
      } catch (error) {
        // Running out of time in the middle of an attempt says less than what the attempts before ran into.
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

/** Throttles, faults on the other side, no answer, and denials that end once the handler's own new role has propagated. */
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

function secondsUntil(time: number) {
  return (time - Date.now()) / 1000;
}

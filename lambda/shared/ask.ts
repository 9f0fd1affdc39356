import { isDenial, retry, type RetryPolicy } from './retry';

/** For one call with all its attempts. */
const CALL_MS = 120_000;

/** A call of AWS, with the name of the action in the message of its failure. */
export async function ask<T>(
  action: string,
  send: (abortSignal: AbortSignal) => Promise<T>,
  { deadline, retryDelaySeconds }: RetryPolicy,
  isRetryable?: (error: unknown) => boolean,
): Promise<T> {
  try {
    return await retry(send, { deadline: Math.min(deadline, Date.now() + CALL_MS), retryDelaySeconds }, isRetryable);
  } catch (error) {
    const { name, message } = error as Error;
    const hint = isDenial(error) ? '; look for a service control policy or a permissions boundary that forbids it' : '';
    throw new Error(`${action} failed with ${name}: ${message}${hint}`, { cause: error });
  }
}

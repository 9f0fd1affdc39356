/** Thrown where an answer takes longer than it may. */
export class DeadlineExceeded extends Error {
  public override readonly name = 'DeadlineExceeded';

  constructor(what: string, ms: number) {
    super(`${what} did not answer within ${ms} ms`);
  }
}

/**
 * Options of an SDK client for which one attempt that gets no answer is tried again. The SDK only warns about `requestTimeout`
 * unless it is told to throw, and it has no timeout for a body that stalls: `withDeadline` bounds all attempts and the body.
 */
export const ATTEMPT = { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true } as const;

/**
 * Waits for a request and the reading of its body, at most `ms` milliseconds. Then the signal is aborted, and DeadlineExceeded
 * is thrown also where the signal is ignored.
 */
export async function withDeadline<T>(what: string, ms: number, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      // First the rejection: what the abort rejects would otherwise win the race, under a name that says less.
      reject(new DeadlineExceeded(what, ms));
      controller.abort();
    }, ms);
  });
  try {
    return await Promise.race([ask(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

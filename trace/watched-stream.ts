/** How a stream ended. */
export type Ending = { readonly kind: 'complete' | 'abandoned' } | { readonly kind: 'failed'; readonly error: unknown };

/** Sees what a stream yields. Neither method may throw. */
export interface Watcher {
  see(event: unknown): void;
  /** Called once. The stream does not end before it. */
  end(ending: Ending): Promise<void>;
}

/** Streams that have not ended, so that what was left is seen to end before the process does. */
const open = new Set<() => void>();

let isWatchingExit = false;

function addOpen(end: () => void): void {
  open.add(end);
  if (isWatchingExit) return;
  isWatchingExit = true;
  process.on('beforeExit', () => open.forEach((each) => each()));
}

/**
 * The same stream, with the very same events as they arrive. It ends for the watcher when it ends, breaks, or is left: by `break`
 * or `throw` in a loop, by an application that reads no further for `idleMs`, or by the end of the process.
 */
export function watched(stream: AsyncIterable<unknown>, watcher: Watcher, idleMs: number): AsyncIterable<unknown> {
  let ended: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const leave = (): void => void end({ kind: 'abandoned' });
  const end = (ending: Ending): Promise<void> => {
    clearTimeout(timer);
    open.delete(leave);
    return (ended ??= watcher.end(ending));
  };
  const wait = (): void => {
    if (ended) return;
    timer = setTimeout(leave, idleMs);
    timer.unref();
  };
  addOpen(leave);
  wait();

  const iterator = (): AsyncIterator<unknown> => {
    const events = stream[Symbol.asyncIterator]();
    const leaving = (method: 'return' | 'throw') => async (value?: unknown) => {
      try {
        return await closing(events, method, value);
      } finally {
        await end({ kind: 'abandoned' });
      }
    };
    return {
      next: async () => {
        clearTimeout(timer);
        let result;
        try {
          result = await events.next();
        } catch (error) {
          await end({ kind: 'failed', error });
          throw error;
        }
        if (result.done) await end({ kind: 'complete' });
        else watcher.see(result.value);
        wait();
        return result;
      },
      return: leaving('return'),
      throw: leaving('throw'),
    };
  };
  // What else the stream has stays where it is.
  return Object.create(stream, { [Symbol.asyncIterator]: { value: iterator } }) as AsyncIterable<unknown>;
}

/** As the language does it for streams that cannot be closed. */
async function closing(events: AsyncIterator<unknown>, method: 'return' | 'throw', value: unknown): Promise<IteratorResult<unknown>> {
  const result = events[method]?.(value);
  if (result !== undefined) return result;
  if (method === 'throw') throw value;
  return { done: true, value };
}

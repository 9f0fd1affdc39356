import { setTimeout } from 'node:timers/promises';

const ATTEMPTS = 10;

/** A collection that frees less than this has nothing more to free. */
const STEADY_BYTES = 64 * 1024;

/**
 * The bytes of the heap and of buffers that are in use. One garbage collection is not enough: what its finalizers and pending
 * callbacks hold is freed by a later one, so it is repeated until nothing more is freed. Needs `--expose-gc`.
 */
export async function bytesInUse(): Promise<number> {
  let bytes = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    globalThis.gc?.();
    await setTimeout(20);
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    const freed = bytes - heapUsed - arrayBuffers;
    bytes = Math.min(bytes, heapUsed + arrayBuffers);
    if (freed < STEADY_BYTES) break;
  }
  return bytes;
}

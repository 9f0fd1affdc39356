import type { Transform } from 'node:stream';
import type { Zlib } from 'node:zlib';
import type { ByteReader } from './byte-reader';

/** What unpacks data piece by piece, in a thread of its own, while the lines before are priced. */
export type Engine = Transform & Zlib & { flush(done: () => void): void };

export const CHUNK = { chunkSize: 64 * 1024 };

/** Chunks of output that may wait to be read. */
const MAX_WAITING = 16;

/** Where data are damaged, so many bytes before may be of what follows: they were taken for packed data, too. */
const LOOK_BACK = 4096;

/**
 * What an engine makes of the bytes up to the end of its data. What follows stays unread; of damaged data, also what may be of the
 * next part.
 *
 * @param step so many bytes at once, so that less is lost before damaged ones
 */
export async function* unpackedBy(engine: Engine, bytes: ByteReader, step?: number): AsyncGenerator<Buffer> {
  const waiting: Buffer[] = [];
  let over: { readonly error?: Error } | undefined;
  let wake = (): void => undefined;
  const end = (error?: Error): void => {
    over ??= { error };
    wake();
  };
  engine.on('end', () => end()).on('error', end);
  engine.on('data', (chunk: Buffer) => {
    if (waiting.push(chunk) > MAX_WAITING) engine.pause();
    wake();
  });
  const feeding = feed(engine, bytes, step);
  try {
    while (waiting.length > 0 || !over) {
      const chunk = waiting.shift();
      if (chunk) {
        yield chunk;
        continue;
      }
      engine.resume();
      await new Promise<void>((resolve) => (wake = resolve));
    }
    const last = await feeding;
    if (over.error) {
      bytes.unread(last);
      throw over.error;
    }
  } finally {
    engine.destroy();
  }
}

/** Returns the last bytes that the engine was given. */
async function feed(engine: Engine, bytes: ByteReader, step?: number): Promise<Buffer> {
  const closed = new Promise<void>((resolve) => engine.once('end', resolve).once('close', resolve));
  let written = 0;
  let last: Buffer = Buffer.alloc(0);
  try {
    for (let chunk = await bytes.next(step); chunk; chunk = await bytes.next(step)) {
      const piece = chunk;
      written += piece.length;
      last = Buffer.concat([last.subarray(-LOOK_BACK), piece]);
      // An engine that is at the end of its data does not call back.
      await Promise.race([closed, new Promise<void>((resolve) => engine.write(piece, () => resolve()))]);
      if (engine.errored) return last;
      if (engine.readableEnded || engine.destroyed) {
        bytes.unread(piece.subarray(piece.length - (written - engine.bytesWritten)));
        return last;
      }
    }
    // Flushed before the end: ended together with the last bytes, data that are cut off would fail before they are unpacked.
    engine.flush(() => engine.end());
  } catch (error) {
    engine.destroy(error as Error);
  }
  return last;
}

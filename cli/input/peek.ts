import { Readable } from 'node:stream';

export interface Peeked {
  readonly head: Buffer;
  /** The stream with its first bytes still in it. */
  readonly whole: Readable;
}

/** Looks at the first bytes of a stream: at least as many as asked for, unless it ends or breaks off before. */
export async function peek(stream: Readable, size: number): Promise<Peeked> {
  let head = Buffer.alloc(0);
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      head = Buffer.concat([head, chunk as Buffer]);
      if (head.length < size) continue;
      stream.unshift(head);
      return { head, whole: stream };
    }
    return { head, whole: Readable.from([head], { objectMode: false }) };
  } catch (error) {
    return { head, whole: Readable.from(brokenOff(head, error), { objectMode: false }) };
  }
}

function* brokenOff(head: Buffer, error: unknown): Generator<Buffer> {
  yield head;
  throw error;
}

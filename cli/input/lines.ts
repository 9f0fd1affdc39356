import { isAscii } from 'node:buffer';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { unpacked, unreadable } from './compression';
import { utf8Of } from './encoding';
import { type LineReader, LineSplitter } from './line-splitter';
import type { RawText } from './raw-text';

/** Chunks that may wait to be split. With more waiting, the source is held up until they are. */
const MAX_WAITING = 4;

/** Reads a stream line by line, unpacked. Everything before an error is read before the error is thrown. */
export async function readLines(stream: Readable, reader: LineReader): Promise<void> {
  const found = await unpacked(stream);
  if (found.archive) throw new Error(unreadable(found.archive));
  const text = utf8Of(found);
  const splitter = new LineSplitter(reader);
  const waiting: RawText[] = [];
  const split = () => {
    for (let chunk = waiting.shift(); chunk !== undefined; chunk = waiting.shift()) splitter.push(chunk);
  };
  const splitOrDestroy = () => {
    try {
      split();
    } catch (error) {
      waiting.length = 0;
      text.destroy(error as Error);
    }
  };

  let scheduled: NodeJS.Immediate | undefined;
  text.on('data', (chunk: Buffer) => {
    if (waiting.push({ characters: chunk.toString('latin1'), isUtf8: !isAscii(chunk) }) > MAX_WAITING) splitOrDestroy();
    // Split one turn of the event loop later, so that zlib decompresses the next chunk in its thread meanwhile.
    scheduled ??= setImmediate(() => {
      scheduled = undefined;
      splitOrDestroy();
    });
  });
  await once(text, 'end').finally(split);
  // Not after an error: the rest of a file that was cut off is not a whole line.
  splitter.end();
}

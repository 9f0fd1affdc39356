import { once } from 'node:events';
import { Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { type LineReader, LineSplitter } from './line-splitter';

const CHUNK = { chunkSize: 64 * 1024 };
const GZIP_MAGIC = [0x1f, 0x8b];

/** Chunks that may wait to be split. With more waiting, the source is held up until they are. */
const MAX_WAITING = 4;

/** Reads a stream line by line, decompressed if it is gzipped. Everything before an error is read before the error is thrown. */
export async function readLines(stream: Readable, reader: LineReader): Promise<void> {
  const { head, whole } = await peek(stream);
  const text = head[0] === GZIP_MAGIC[0] && head[1] === GZIP_MAGIC[1] ? gunzip(whole) : whole;
  const splitter = new LineSplitter(reader);
  const waiting: string[] = [];
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

  text.setEncoding('utf8');
  let scheduled: NodeJS.Immediate | undefined;
  text.on('data', (chunk: string) => {
    if (waiting.push(chunk) > MAX_WAITING) splitOrDestroy();
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

/** The first bytes of a stream, and the stream with those bytes still in it. */
async function peek(stream: Readable): Promise<{ head: Buffer; whole: Readable }> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  let head = Buffer.alloc(0);
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    head = Buffer.concat([head, next.value]);
    if (head.length >= GZIP_MAGIC.length) break;
  }
  const all = async function* () {
    yield head;
    yield* chunks;
  };
  return { head, whole: Readable.from(all(), { objectMode: false }) };
}

function gunzip(stream: Readable): Readable {
  const decompressed = createGunzip(CHUNK);
  stream.on('error', (error) => decompressed.destroy(error));
  // Flushed before the end: ended together with the last bytes, a truncated file would fail before they are decompressed.
  stream.on('end', () => decompressed.flush(constants.Z_SYNC_FLUSH, () => decompressed.end()));
  return stream.pipe(decompressed, { end: false });
}

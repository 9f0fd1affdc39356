import { once } from 'node:events';
import { Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';

/** Beyond this many characters something is no record: CloudWatch takes events of 1 MB, Bedrock keeps larger bodies elsewhere. */
const LONGEST = 16 * 1024 * 1024;
const CHUNK = { chunkSize: 64 * 1024 };

/** Pieces that may wait. A source that is faster than the rest is held up by them. */
const AHEAD = 4;

export interface LineReader {
  line(text: string): void;
  /** Instead of a line that is too long to be held. */
  tooLong(): void;
}

/**
 * Reads a stream line by line, gunzipped if it is gzipped. What comes before an error is read first.
 *
 * Split at line feeds by hand: faster than readline, and bounded however long a line is.
 */
export async function readLines(stream: Readable, reader: LineReader): Promise<void> {
  const { head, whole } = await peek(stream);
  const text = head[0] === 0x1f && head[1] === 0x8b ? gunzip(whole) : whole;
  let tail = '';
  let dropping = false;
  const end = (line: string) => {
    if (dropping) reader.tooLong();
    else reader.line(line);
    dropping = false;
  };

  text.setEncoding('utf8');
  const take = (chunk: string) => {
    const lines = chunk.split('\n');
    const last = lines.pop() ?? '';
    const [first] = lines;
    if (first === undefined) {
      tail += last;
    } else {
      end(tail + first);
      for (let at = 1; at < lines.length; at += 1) reader.line(lines[at]!);
      tail = last;
    }
    if (tail.length > LONGEST || dropping) {
      dropping = true;
      tail = '';
    }
  };
  // Taken a moment later, so that the next piece is unpacked in the meantime.
  const chunks: string[] = [];
  const drain = () => {
    for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) take(chunk);
  };
  let soon: NodeJS.Immediate | undefined;
  const safely = () => {
    try {
      drain();
    } catch (error) {
      chunks.length = 0;
      text.destroy(error as Error);
    }
  };
  text.on('data', (chunk: string) => {
    if (chunks.push(chunk) > AHEAD) safely();
    soon ??= setImmediate(() => {
      soon = undefined;
      safely();
    });
  });
  await once(text, 'end').finally(drain);
  // What is left of a file that was cut off is part of a line, so only the end of a whole file is one.
  if (tail !== '' || dropping) end(tail);
}

/** The first bytes of a stream, and the whole of it. */
async function peek(stream: Readable): Promise<{ head: Buffer; whole: Readable }> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  let head = Buffer.alloc(0);
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    head = Buffer.concat([head, next.value]);
    if (head.length > 1) break;
  }
  const all = async function* () {
    yield head;
    yield* chunks;
  };
  return { head, whole: Readable.from(all(), { objectMode: false }) };
}

function gunzip(stream: Readable): Readable {
  const gunzip = createGunzip(CHUNK);
  stream.on('error', (error) => gunzip.destroy(error));
  // If the end came with the last bytes, a file that was cut off would fail before they are unpacked, and they would be lost.
  stream.on('end', () => gunzip.flush(constants.Z_SYNC_FLUSH, () => gunzip.end()));
  return stream.pipe(gunzip, { end: false });
}

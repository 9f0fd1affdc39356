import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import type { Peeked } from './peek';

const BYTE_ORDER_MARKS: ReadonlyArray<readonly [bytes: string, encoding: string]> = [
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

/**
 * The text of a stream as bytes of UTF-8: it is UTF-8 or, as Windows PowerShell writes the output of commands, UTF-16. A byte
 * order mark tells them apart or, without one, the zero byte of the first character, which all forms of records have in ASCII.
 */
export function utf8Of({ head, whole }: Peeked): Readable {
  const encoding = encodingOf(head);
  return encoding === undefined ? whole : Readable.from(recoded(whole, new TextDecoder(encoding)), { objectMode: false });
}

function encodingOf(head: Buffer): string | undefined {
  const marked = BYTE_ORDER_MARKS.find(([bytes]) => head.toString('hex', 0, 2) === bytes);
  if (marked) return marked[1];
  if (head.length < 2 || (head[0] === 0) === (head[1] === 0)) return undefined;
  return head[0] === 0 ? 'utf-16be' : 'utf-16le';
}

async function* recoded(stream: Readable, decoder: TextDecoder): AsyncGenerator<Buffer> {
  for await (const chunk of stream) yield Buffer.from(decoder.decode(chunk as Buffer, { stream: true }));
  yield Buffer.from(decoder.decode());
}

import { isAscii } from 'node:buffer';
import { type LineReader, LineSplitter } from './line-splitter';
import { type Part, unreadable } from './parts';
import type { Source } from './source';

/**
 * Reads a source line by line, unpacked. A part of it that is damaged costs no other: its last line, which was cut off, is left out.
 *
 * @param onDamage called for each part that is damaged, after what is before the damage was read. By default it ends everything
 */
export async function readLines(
  source: Source,
  reader: LineReader,
  onDamage = (error: Error): void => {
    throw error;
  },
): Promise<void> {
  const splitter = new LineSplitter(reader);
  for await (const part of source.parts()) {
    if (part.packing) throw new Error(unreadable(part.packing));
    const error = await readPart(part, splitter);
    splitter.end(error !== undefined);
    if (error) onDamage(error);
  }
}

/** Reads up to the end of a part, or to where it is damaged. */
async function readPart({ bytes }: Part, splitter: LineSplitter): Promise<Error | undefined> {
  for (;;) {
    let chunk: Buffer | undefined;
    try {
      chunk = await bytes.next();
    } catch (error) {
      return error as Error;
    }
    if (!chunk) return undefined;
    splitter.push({ characters: chunk.toString('latin1'), isUtf8: !isAscii(chunk) });
  }
}

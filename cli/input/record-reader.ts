import { Failure } from '../failure';
import { reasonOf } from './input-error';
import { readLines } from './lines';
import { type FoundRecord, recordOf } from './record-forms';
import type { Source } from './source';

const BYTE_ORDER_MARK = 0xfeff;

export interface RecordReader {
  /** @param line the number of the line, from 1 */
  record(found: FoundRecord, line: number): void;
  /** A line that is too long to be a record. */
  tooLong(line: number): void;
}

/**
 * Reads the records of a source, in every form of record-forms.ts. Empty lines are skipped.
 *
 * @throws if the source breaks off. The message says why and after which line; the records up to there have been read
 */
export async function readSource(source: Source, reader: RecordReader): Promise<void> {
  let line = 0;
  try {
    await readLines(await source.open(), {
      line: (text) => {
        line += 1;
        // The comparison of lengths saves a copy of nearly every line.
        if (text.length <= 2 && text.trim() === '') return;
        reader.record(recordOf(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text), line);
      },
      tooLong: () => reader.tooLong((line += 1)),
    });
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Error(reasonOf(error as Error) + (line > 0 ? ` (after line ${line})` : ''), { cause: error });
  }
}

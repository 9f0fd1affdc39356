import { Failure } from '../failure';
import { reasonOf } from './input-error';
import { readLines } from './lines';
import { RecordFinder, type RecordReader } from './record-finder';
import type { Source } from './source';

/**
 * Reads the records of a source, in every form of record-forms.ts.
 *
 * @throws if the source breaks off. The message says why and after which line; the records up to there have been read
 */
export async function readSource(source: Source, reader: RecordReader): Promise<void> {
  const finder = new RecordFinder(reader);
  try {
    await readLines(await source.open(), finder);
    if (!finder.end()) throw new Error('the JSON ends early');
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Error(reasonOf(error as Error) + (finder.lines > 0 ? ` (after line ${finder.lines})` : ''), { cause: error });
  }
}

import { Failure } from '../failure';
import { reasonOf } from './input-error';
import { readLines } from './lines';
import { LogDetector, NoLog } from './no-log';
import { type FinderOptions, RecordFinder, type RecordReader } from './record-finder';
import type { Source } from './source';

export type ReadOptions = Pick<FinderOptions, 'longTexts'>;

/**
 * Reads the records of a source, in every form of record-forms.ts.
 *
 * @throws NoLog if there is text or JSON, and nothing of it is of a record
 * @throws if the source breaks off. The message says why and after which line; the records up to there have been read
 */
export async function readSource(source: Source, reader: RecordReader, options: ReadOptions = {}): Promise<void> {
  const detector = new LogDetector(reader);
  const finder = new RecordFinder(detector, { ...options, look: (line) => detector.look(line) });
  try {
    await readLines(await source.open(), finder);
    const isComplete = finder.end();
    detector.end();
    if (!isComplete) throw new Error('the JSON ends early');
  } catch (error) {
    if (error instanceof Failure || error instanceof NoLog) throw error;
    throw new Error(reasonOf(error as Error) + (finder.lines > 0 ? ` (after line ${finder.lines})` : ''), { cause: error });
  }
}

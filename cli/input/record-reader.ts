import { Failure } from '../failure';
import { reasonOf } from './input-error';
import { readLines } from './lines';
import { LogDetector, NoLog } from './no-log';
import { type FinderOptions, RecordFinder, type RecordReader } from './record-finder';
import type { Source } from './source';
import { countOf } from '../terminal';

export type ReadOptions = Pick<FinderOptions, 'longTexts'>;

/**
 * Reads the records of a source, in every form of record-forms.ts.
 *
 * @throws NoLog if there is text or JSON, and nothing of it is of a record
 * @throws if the source breaks off, or is damaged. The message says why and after which line; the other records have been read
 */
export async function readSource(source: Source, reader: RecordReader, options: ReadOptions = {}): Promise<void> {
  const detector = new LogDetector(reader);
  const finder = new RecordFinder(detector, { ...options, look: (line) => detector.look(line) });
  const damages: Error[] = [];
  const afterLine = (error: Error): Error =>
    new Error(reasonOf(error) + (finder.lines > 0 ? ` (after line ${finder.lines})` : ''), { cause: error });
  try {
    await readLines(source, finder, (error) => damages.push(afterLine(error)));
    const isComplete = finder.end();
    // What is lost may have been a log.
    if (damages.length === 0) detector.end();
    if (!isComplete) throw new Error('the JSON ends early');
  } catch (error) {
    if (error instanceof Failure || error instanceof NoLog) throw error;
    damages.push(afterLine(error as Error));
  }
  const [first, ...others] = damages;
  if (first)
    throw others.length === 0 ? first : new Error(`${first.message}, and ${countOf(others.length, 'other place')}`, { cause: first });
}

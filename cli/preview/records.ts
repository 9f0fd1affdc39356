import { Failure } from '../failure';
import { reasonOf } from '../input/input-error';
import { NoLog } from '../input/no-log';
import { readSource } from '../input/record-reader';
import { sourcesOf } from '../input/sources';
import type { TimedRecord } from './measurement';

/** Calls between two words about the progress. */
const STEP = 4096;

/** The calls in the user's own records, with the time of each. Everything that is not a call is left out. */
export async function readRecords(paths: readonly string[], onProgress: (name: string, calls: number) => void): Promise<TimedRecord[]> {
  const records: TimedRecord[] = [];
  const unreadable = (name: string, error: Error) => {
    throw new Failure(`'${name}' cannot be read: ${reasonOf(error)}`);
  };
  for await (const source of sourcesOf(paths, { visited: new Set(), onSkipped: () => undefined, onUnreadable: unreadable })) {
    onProgress(source.name, records.length);
    const reading = readSource(source, {
      record: (parsed, message) => {
        if (parsed.kind === 'call') records.push({ time: parsed.time, message: message() });
        if (records.length % STEP === 0) onProgress(source.name, records.length);
      },
    });
    await reading.catch((error: Error) => error instanceof NoLog || unreadable(source.name, error));
  }
  if (records.length === 0) {
    throw new Failure(`there are no records of calls in ${paths.join(', ')}`);
  }
  return records;
}

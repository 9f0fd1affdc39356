import { parseRecord } from '../../engine/records/parse-record';
import { Failure } from '../failure';
import { readLines } from '../input/lines';
import { sourcesOf } from '../input/sources';
import type { TimedRecord } from './measurement';

/** The user's own records, with the time of each call. What is no record is left to the meter, which counts it. */
export async function readRecords(paths: readonly string[]): Promise<TimedRecord[]> {
  const records: TimedRecord[] = [];
  const take = (line: string) => {
    // Exports of CloudWatch Logs have a timestamp before the record.
    const message = line.slice(Math.max(0, line.indexOf('{')));
    const parsed = message.trim() === '' ? undefined : parseRecord(message, 0);
    if (parsed?.kind === 'call' && parsed.time > 0) {
      records.push({ time: parsed.time, message });
    }
  };
  const unreadable = (name: string, error: Error) => {
    throw new Failure(`'${name}' cannot be read: ${error.message}`);
  };
  for await (const source of sourcesOf(paths, { visited: new Set(), onSkipped: () => undefined, onUnreadable: unreadable })) {
    await readLines(await source.open(), { line: take, tooLong: () => undefined });
  }
  if (records.length === 0) {
    throw new Failure(`there are no records of calls in ${paths.join(', ')}`);
  }
  return records;
}

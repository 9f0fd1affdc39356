import { withoutLongTexts } from '../../engine/records/long-texts';
import { Failure } from '../failure';
import type { Messages } from '../replay/messages';
import { readTexts } from '../replay/read-sources';
import type { TimedRecord } from './measurement';

/**
 * The calls in the user's own records, with the time of each. Messages name what cannot be read.
 *
 * @throws Failure if there is no call
 */
export async function readRecords(paths: readonly string[], messages: Messages): Promise<TimedRecord[]> {
  const records: TimedRecord[] = [];
  await readTexts(paths, messages, (parsed, message) => {
    if (parsed.kind !== 'call') return false;
    records.push({ time: parsed.time, message: copyOf(withoutLongTexts(message)) });
    return true;
  }).finally(() => messages.end());
  if (records.length === 0) throw new Failure(`there are no records of calls in ${paths.join(', ')}`);
  return records;
}

/** A part of a text keeps the whole of it in memory. */
const copyOf = (text: string): string => Buffer.from(text).toString();

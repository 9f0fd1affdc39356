import { withoutLongTexts } from '../../engine/records/long-texts';
import { Failure } from '../failure';
import type { Messages } from '../replay/messages';
import { readTexts } from '../replay/read-sources';
import { formatNumber } from '../terminal';
import type { TimedRecord } from './measurement';

/** A call, its ledger line and its metrics take some 5 KB: so many calls fit into the memory that Node.js gives itself. */
const MAX_CALLS = 250_000;

/**
 * The calls in the user's own records, with the time of each. Messages name what cannot be read.
 *
 * @throws Failure if there is no call, or more than fit into memory
 */
export async function readRecords(paths: readonly string[], messages: Messages, limit = MAX_CALLS): Promise<TimedRecord[]> {
  const records: TimedRecord[] = [];
  await readTexts(paths, messages, (parsed, message) => {
    if (parsed.kind !== 'call') return false;
    if (records.length >= limit) {
      throw new Failure(`there are more than ${formatNumber(limit)} calls in ${paths.join(', ')}: give the records of some days`);
    }
    records.push({ time: parsed.time, message: copyOf(withoutLongTexts(message)) });
    return true;
  }).finally(() => messages.end());
  if (records.length === 0) throw new Failure(`there are no records of calls in ${paths.join(', ')}`);
  return records;
}

/** A part of a text keeps the whole of it in memory. */
const copyOf = (text: string): string => Buffer.from(text).toString();

import { readLedgerLine, recordedCallOf, type RecordedCall } from '../../engine/agents/recorded-call';
import { LEDGER_LINE_START } from '../../engine/ledger/members';
import { Duplicates } from '../../engine/rating/duplicates';
import { Rater } from '../../engine/rating/rater';
import type { Prices } from '../../engine/rating/unit-prices';
import { isObject } from '../../engine/records/json';
import { readSource } from '../input/record-reader';
import type { Source } from '../input/source';
import { readJsonValues } from './json-values';

/** Reads the calls of a source into a list. */
export type CallInput = (source: Source, onUnreadable: (line: number, reason: string) => void) => Promise<readonly RecordedCall[]>;

/** Invocation records, priced by the engine. Copies are recognised across sources. */
export function recordInput(prices: Prices): CallInput {
  const rater = new Rater(prices, new Duplicates());
  return async (source, onUnreadable) => {
    const calls: RecordedCall[] = [];
    await readSource(source, {
      record: (parsed, _, line) => {
        if (parsed.kind === 'malformed') onUnreadable(line, parsed.reason);
        const call = parsed.kind === 'call' ? recordedCallOf(rater.rate(parsed)) : undefined;
        if (call) calls.push(call);
      },
    });
    return calls;
  };
}

/** Lines of the ledger, as they are or in what the AWS CLI and Logs Insights put around them. */
export const ledgerInput: CallInput = async (source, onUnreadable) => {
  const calls: RecordedCall[] = [];
  await readJsonValues(source, {
    value: (value, text) => {
      const lines = text.startsWith(LEDGER_LINE_START) ? [text] : ledgerLinesIn(value, MAX_DEPTH);
      for (const line of lines) {
        const call = readLedgerLine(line);
        if (call) calls.push(call);
      }
      return lines.length > 0;
    },
    unreadable: (line) => onUnreadable(line, 'not JSON'),
  });
  return calls;
};

const MAX_DEPTH = 6;

function ledgerLinesIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return value.startsWith(LEDGER_LINE_START) ? [value] : [];
  if (depth === 0 || (!Array.isArray(value) && !isObject(value))) return [];
  return Object.values(value).flatMap((each) => ledgerLinesIn(each, depth - 1));
}

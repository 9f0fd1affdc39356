import { readLedgerLine, recordedCallOf, type RecordedCall } from '../../engine/agents/recorded-call';
import { Duplicates } from '../../engine/rating/duplicates';
import { Rater } from '../../engine/rating/rater';
import type { Prices } from '../../engine/rating/unit-prices';
import { readLedgerLines } from '../input/ledger-lines';
import { readSource } from '../input/record-reader';
import type { Source } from '../input/source';

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

/** Lines of the ledger. */
export const ledgerInput: CallInput = async (source, onUnreadable) => {
  const calls: RecordedCall[] = [];
  await readLedgerLines(source, {
    line: (text) => {
      const call = readLedgerLine(text);
      if (call) calls.push(call);
    },
    unreadable: onUnreadable,
  });
  return calls;
};

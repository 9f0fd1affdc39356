import { readLedgerLine, recordedCallOf, type RecordedCall } from '../../engine/agents/recorded-call';
import { Duplicates } from '../../engine/rating/duplicates';
import { Rater } from '../../engine/rating/rater';
import type { Prices } from '../../engine/rating/unit-prices';
import { readLedgerLines } from '../input/ledger-lines';
import { readSource } from '../input/record-reader';
import type { Source } from '../input/source';

interface CallReader {
  call(call: RecordedCall): void;
  unreadable(line: number, reason: string): void;
}

/** Reads the calls of a source. */
export type CallInput = (source: Source, reader: CallReader) => Promise<void>;

/** Invocation records, priced by the engine. Copies are recognised across sources. */
export function recordInput(prices: Prices): CallInput {
  const rater = new Rater(prices, new Duplicates());
  return (source, reader) =>
    readSource(source, {
      record: (parsed, _, line) => {
        if (parsed.kind === 'malformed') reader.unreadable(line, parsed.reason);
        const call = parsed.kind === 'call' ? recordedCallOf(rater.rate(parsed)) : undefined;
        if (call) reader.call(call);
      },
    });
}

/** Lines of the ledger. */
export const ledgerInput: CallInput = (source, reader) =>
  readLedgerLines(source, {
    line: (text) => {
      const call = readLedgerLine(text);
      if (call) reader.call(call);
    },
    unreadable: reader.unreadable.bind(reader),
  });

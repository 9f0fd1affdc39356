import { LEDGER_LINE_START } from '../../engine/ledger/members';
import { isObject } from '../../engine/records/json';
import { readJsonValues } from './json-values';
import type { Source } from './source';

const MAX_DEPTH = 6;

/** Reads the lines of the ledger in a source, as they are or in what the AWS CLI and Logs Insights put around them. */
export async function readLedgerLines(
  source: Source,
  reader: { line(text: string): void; unreadable(line: number, reason: string): void },
): Promise<void> {
  await readJsonValues(source, {
    value: (value, text) => {
      const lines = text.startsWith(LEDGER_LINE_START) ? [text] : ledgerLinesIn(value, MAX_DEPTH);
      lines.forEach((line) => reader.line(line));
      return lines.length > 0;
    },
    unreadable: (at) => reader.unreadable(at, 'not JSON'),
  });
}

function ledgerLinesIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return value.startsWith(LEDGER_LINE_START) ? [value] : [];
  if (depth === 0 || (!Array.isArray(value) && !isObject(value))) return [];
  return Object.values(value).flatMap((each) => ledgerLinesIn(each, depth - 1));
}

import { stringify } from 'csv-stringify/sync';
import { printable } from '../terminal';

/** A difference can begin with a minus, which is no formula. */
const DECIMAL = /^-\d+(\.\d+)?$/;

const OPTIONS = {
  eof: false,
  escape_formulas: true,
  cast: { string: (value: string) => (DECIMAL.test(value) ? { value, escape_formulas: false } : printable(value)) },
};

/**
 * Rows as CSV, one a line. A value that a spreadsheet would take for a formula is quoted, and control characters become escapes like
 * \u001b, because CSV is looked at on terminals too. JSON has the exact names.
 */
export const csvOf = (rows: ReadonlyArray<ReadonlyArray<string | number | null | undefined>>): string =>
  stringify(rows as unknown[][], OPTIONS);

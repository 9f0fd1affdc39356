import { LEDGER_LINE_START } from '../../engine/ledger/members';
import type { rowOf } from '../../engine/ledger/row';
import type { MeterProps } from '../../engine/metering/meter';
import type { MeterConfig } from '../../engine/metering/meter-config';
import type { LookUps } from './look-ups';
import type { PutRows, rowsPutter } from './put-rows';

type Write = MeterProps['write'];

/** A record that could not be read is found by its line in the log, also where the ledger is a table only. */
const MALFORMED = '"status":"malformed"';

/** What a function knows of its table: the stream that takes rows, if there is one, and whether lines go to the log as well. */
type TableConfig = Pick<MeterConfig, 'ledgerStream' | 'ledgerLogged'>;

/** What makes rows and puts them: loaded with the first, where a function has to start fast. */
type LoadTable = () => Promise<{ readonly rowOf: typeof rowOf; readonly rowsPutter: typeof rowsPutter }>;

/**
 * Writes what a meter has to say: ledger lines become rows of the table, if there is one, and everything else goes to the log.
 * Rows come first. A batch whose rows are not taken fails before its metrics are written, and is tried again; rows that were
 * taken then come twice, and readers count them once.
 */
export function ledgerTable({ ledgerStream, ledgerLogged }: TableConfig, lookUps: LookUps, writeLog: Write, loadTable: LoadTable): Write {
  if (ledgerStream === undefined) return writeLog;
  let put: PutRows | undefined;
  return async (text) => {
    const lines = text.split('\n').filter((line) => line !== '');
    const ledgerLines = lines.filter(isLedger);
    if (ledgerLines.length > 0) {
      const table = await loadTable();
      put ??= table.rowsPutter(ledgerStream);
      const rows = ledgerLines.map((line) => table.rowOf(line, Date.now()));
      await lookUps.required('the ledger table', (signal) => put!(rows, signal));
    }
    const logged = ledgerLogged ? text : textOf(lines.filter((line) => !isLedger(line) || line.includes(MALFORMED)));
    if (logged !== '') await writeLog(logged);
  };
}

const isLedger = (line: string): boolean => line.startsWith(LEDGER_LINE_START);

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

import type { LedgerQuestion, Period } from '../../engine/ledger/questions/question';
import type { QueryRow, Sources } from './sources';
import { AthenaLedger } from './athena-ledger';
import { InsightsLedger } from './insights-ledger';
import type { LedgerConfig } from './ledger-config';

/**
 * Answers questions to the ledger, wherever it is kept: rows of text by the names of dimensions and measures. A question that could not
 * be answered is an error, and never an empty answer.
 */
export interface LedgerReader {
  /** What limits it, in words. */
  readonly name: string;
  /** About calls that were made in a period, whenever their lines were written. */
  askCalled(question: LedgerQuestion, period: Period): Promise<readonly QueryRow[]>;
  /** About what was written in a period: of periods that follow each other, each line is in one. */
  askWritten(question: LedgerQuestion, period: Period): Promise<readonly QueryRow[]>;
}

/** The ledger is asked where it is: in its table, if it has one, or in its log groups. Undefined where there is none. */
export function ledgerReader(sources: Sources, { ledgerLogGroups, ledgerTable }: LedgerConfig): LedgerReader | undefined {
  if (ledgerTable) return new AthenaLedger(ledgerTable);
  return ledgerLogGroups.length > 0 ? new InsightsLedger(sources, ledgerLogGroups) : undefined;
}

/** The same for what cannot do without a ledger. */
export function requiredLedgerReader(sources: Sources, config: LedgerConfig): LedgerReader {
  const reader = ledgerReader(sources, config);
  if (!reader) throw new Error("'LEDGER_LOG_GROUPS' or 'LEDGER_DATABASE' must say where the ledger is");
  return reader;
}

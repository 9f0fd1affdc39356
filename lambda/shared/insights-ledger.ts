import { insightsQuery } from '../../engine/ledger/questions/insights-query';
import type { LedgerQuestion, Period } from '../../engine/ledger/questions/question';
import { Member } from '../../engine/ledger/members';
import type { QueryRow, Sources } from './sources';
import type { LedgerReader } from './ledger-reader';
import { timePrefixes } from './time-prefixes';

/** How long after a call its line may have been written: queries search log groups by the time of writing. */
const LATEST = 6 * 3_600_000;

/** The ledger in log groups, asked by Logs Insights. */
export class InsightsLedger implements LedgerReader {
  public readonly name = 'Logs Insights';

  constructor(
    private readonly sources: Sources,
    private readonly logGroups: readonly string[],
  ) {}

  public askCalled(question: LedgerQuestion, { from, until }: Period): Promise<readonly QueryRow[]> {
    const during = `${Member.time} like /^(${timePrefixes(from, until).join('|')})/`;
    return this.sources.rows(this.logGroups, textOf(question, during), from, until + LATEST);
  }

  public askWritten(question: LedgerQuestion, { from, until }: Period): Promise<readonly QueryRow[]> {
    return this.sources.rows(this.logGroups, textOf(question), from, until);
  }
}

const textOf = (question: LedgerQuestion, also?: string): string => insightsQuery(question, also).join(' | ');

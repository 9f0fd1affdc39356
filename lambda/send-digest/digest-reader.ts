import type { Period, Question } from '../../engine/ledger/questions/question';
import { duringSql, sqlQuery } from '../../engine/ledger/questions/sql-query';
import { LEDGER_TABLE } from '../../engine/ledger/table-ddl';
import { queryAthena } from '../shared/athena';
import { MAX_ROWS, type QueryRow, type Sources } from '../shared/sources';
import type { DigestConfig } from './config';
import { digestQueries } from './digest-queries';

export type DigestQuestion = keyof ReturnType<typeof digestQueries>;

/** Where a digest gets its rows from. */
export interface DigestReader {
  /** What limits it, in words. */
  readonly name: string;
  ask(question: DigestQuestion, period: Period): Promise<readonly QueryRow[]>;
}

/** How long after a call its line may have been written: queries search the log group by the time of writing. */
const LATEST = 6 * 3_600_000;

/** For one question: the function has five minutes for all of them. */
const DEADLINE_MS = 120_000;

/** The ledger is asked where it is: in its table, if it has one, or in its log group. */
export function digestReader(sources: Sources, { ledger, ledgerTable }: Pick<DigestConfig, 'ledger' | 'ledgerTable'>): DigestReader {
  if (ledgerTable) {
    const { database, workGroup } = ledgerTable;
    const ask = async (question: DigestQuestion, period: Period) =>
      (await queryAthena({ sql: digestSql(question, period), workGroup, database }, DEADLINE_MS)).rows.map(renamed(question));
    return { name: 'Athena', ask };
  }
  const ask = (question: DigestQuestion, period: Period) =>
    sources.rows(ledger, digestQueries(period)[question], period.from, period.until + LATEST);
  return { name: 'Logs Insights', ask };
}

const SUMS = ['calls', 'failed', 'priced', 'counted', 'input', 'output', 'usd'] as const;
const KINDS = ['uncached', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'cacheWrite', 'output'] as const;
const most = { limit: MAX_ROWS };

/** The questions of a digest to the table. Those to the log group are in digest-queries.ts; a test holds both to the same facts. */
const QUESTIONS: Readonly<Record<Exclude<DigestQuestion, 'lines'>, Question>> = {
  totals: { by: ['status'], measures: [...SUMS, 'lines'], ...most },
  models: { by: ['pricedModel', 'modelId', 'status'], measures: SUMS, sort: 'usd', ...most },
  callers: { by: ['principal', 'status'], measures: SUMS, sort: 'usd', ...most },
  profiles: { of: 'withProfile', by: ['profile', 'status'], measures: SUMS, sort: 'usd', ...most },
  unpriced: { of: 'unpriced', by: ['modelId', 'reason'], measures: ['calls'], sort: 'calls', ...most },
  levers: {
    of: 'priced',
    by: ['pricedModel', 'routing', 'region', 'tier', 'priceRow', 'writes5m', 'writes1h'],
    measures: ['calls', 'usd', 'longest', ...KINDS],
    ...most,
  },
  priceRows: { of: 'withPriceRow', by: ['priceRow'], measures: ['calls'], ...most },
};

export function digestSql(question: DigestQuestion, period: Period): string {
  const during = duringSql(period);
  return question === 'lines'
    ? `select count(*) as "lines" from ${LEDGER_TABLE} where status <> 'malformed' and ${during}`
    : sqlQuery(QUESTIONS[question], during);
}

/** Names of the questions that the rows of Logs Insights have otherwise. */
const NAMES: Readonly<Record<string, string>> = { status: 'state', reason: 'why' };
const NAMES_OF_LEVERS: Readonly<Record<string, string>> = { pricedModel: 'model', tier: 'serviceTier', uncached: 'input' };

/** Whether Athena keeps the case of a name in its answer is not documented: names are found in either. */
const CASES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(QUESTIONS).flatMap(({ by, measures }) => [...by, ...measures].map((name) => [name.toLowerCase(), name])),
);

export const renamed =
  (question: DigestQuestion) =>
  (row: QueryRow): QueryRow => {
    const names = question === 'levers' ? NAMES_OF_LEVERS : NAMES;
    return Object.fromEntries(
      Object.entries(row).map(([given, value]) => {
        const name = CASES[given.toLowerCase()] ?? given;
        return [names[name] ?? name, value];
      }),
    );
  };

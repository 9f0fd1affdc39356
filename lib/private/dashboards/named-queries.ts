import { insightsQuery } from '../../../engine/ledger/questions/insights-query';
import { NAMED_QUESTIONS, type NamedQuestion } from '../../../engine/ledger/questions/question';
import { LogQuery } from './log-query';
import { cents, Column, fineUsd, showing } from './query-columns';

/** What people read at the head of a column, and what is in it where it is not the value itself. */
const COLUMNS: Readonly<Record<string, Column>> = {
  day: ['Day (UTC)', 'day'],
  model: ['Model', 'model'],
  modelId: ['Model id', 'modelId'],
  account: ['Account', 'account'],
  region: ['Region', 'region'],
  principal: ['Role', 'principal'],
  caller: ['Caller', 'caller'],
  profile: ['Profile', 'profile'],
  tier: ['Tier', 'tier'],
  routing: ['Routing', 'routing'],
  priceRow: ['Price row', 'priceRow'],
  reason: ['Why', 'reason'],
  error: ['Error', 'error'],
  usd: ['Cost (USD)', cents('usd')],
  highUsd: ['At most (USD)', fineUsd('highUsd')],
  calls: ['Calls', 'calls'],
  priced: ['Calls with a price', 'priced'],
  input: ['Tokens in', 'input'],
  output: ['Tokens out', 'output'],
  uncached: ['Uncached in', 'uncached'],
  cacheRead: ['Cache reads', 'cacheRead'],
  cacheWrite5m: ['Cache writes (5 min)', 'cacheWrite5m'],
  cacheWrite1h: ['Cache writes (1 h)', 'cacheWrite1h'],
  cacheWrite: ['Cache writes (open)', 'cacheWrite'],
};

/** Each saved query is a resource of the stack, and these are answered by widgets. A table has no widgets, and a query of its own for each. */
const ANSWERED_BY_WIDGETS: readonly string[] = ['CostByModel', 'CostByCaller', 'CostByTier', 'FailedCalls', 'TokensByModel'];

/** The questions that people ask by name, as saved queries of Logs Insights. A table of the ledger has them in SQL. */
export const namedQueries = (): LogQuery[] =>
  NAMED_QUESTIONS.filter(({ id }) => !ANSWERED_BY_WIDGETS.includes(id)).map((question) => ({
    id: question.id,
    title: question.title,
    lines: [...insightsQuery(question), ...showing(...columnsOf(question))],
  }));

/** Beside the highest cost, the cost is the lowest, and both have the same digits. */
const AT_LEAST: Column = ['At least (USD)', fineUsd('usd')];

function columnsOf({ by, measures }: NamedQuestion): Column[] {
  const isRange = measures.includes('highUsd');
  return [...by, ...measures].map((name): Column => (isRange && name === 'usd' ? AT_LEAST : (COLUMNS[name] ?? [name, name])));
}

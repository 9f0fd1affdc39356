import type { ConditionName } from './conditions';
import type { DimensionName, LineDimensionName } from './dimensions';
import type { LineMeasureName, MeasureName } from './measures';

/** What questions about calls and about lines have in common. */
interface Asked {
  readonly of?: ConditionName;
  /** Whether what no invocation record describes counts, too. By default calls with a record count alone. */
  readonly withUnrecorded?: boolean;
  readonly limit: number;
}

/** A question to the ledger that both Logs Insights and Athena answer, with the same figures. A call counts once, however many lines it has. */
export interface Question extends Asked {
  readonly each?: 'call';
  readonly by: readonly DimensionName[];
  readonly measures: readonly MeasureName[];
  /** The largest come first, or the last day. */
  readonly sort?: MeasureName | 'day';
}

/**
 * A question about lines as they are, of which a call can have several. It needs no grouping by call, which Logs Insights does not
 * carry through for very many calls.
 */
export interface LineQuestion extends Asked {
  readonly each: 'line';
  readonly by: readonly LineDimensionName[];
  readonly measures: readonly LineMeasureName[];
  readonly sort?: LineMeasureName;
}

export type LedgerQuestion = Question | LineQuestion;

/** From a moment up to, and without, another, in milliseconds. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

/** A question that people ask by its name. */
export interface NamedQuestion extends Question {
  readonly id: string;
  readonly title: string;
}

const COST = ['usd', 'calls', 'priced'] as const;
const by = (...dimensions: DimensionName[]) => ({ by: dimensions, measures: COST, sort: 'usd', limit: 1000 }) as const;

/** The questions that are saved by name, in Logs Insights and in Athena. */
export const NAMED_QUESTIONS: readonly NamedQuestion[] = [
  { id: 'CostByModel', title: 'Cost by model (USD)', ...by('model') },
  { id: 'DailyCost', title: 'Cost by day (UTC) and model (USD)', ...by('day', 'model'), sort: 'day' },
  { id: 'CostByAccount', title: 'Cost by account and Region (USD)', ...by('account', 'region') },
  { id: 'CostByRole', title: 'Cost by role, over all sessions (USD)', ...by('principal') },
  { id: 'CostByCaller', title: 'Cost by caller: of a role, by session (USD)', ...by('caller') },
  { id: 'CostByProfile', title: 'Cost by application inference profile (USD)', of: 'withProfile', ...by('profile') },
  { id: 'CostByTier', title: 'Cost by service tier and routing (USD)', of: 'priced', ...by('tier', 'routing') },
  {
    id: 'UnpricedCalls',
    title: 'Calls without a price, and why',
    of: 'unpriced',
    by: ['modelId', 'reason'],
    measures: ['calls', 'input', 'output'],
    sort: 'calls',
    limit: 1000,
  },
  {
    id: 'FailedCalls',
    title: 'Calls that failed, by error and model',
    of: 'failed',
    by: ['error', 'modelId'],
    measures: ['calls'],
    sort: 'calls',
    limit: 1000,
  },
  {
    id: 'PricesUsed',
    title: 'Price rows that were used',
    of: 'withPriceRow',
    by: ['priceRow', 'routing'],
    measures: ['calls', 'usd'],
    sort: 'usd',
    limit: 1000,
  },
  {
    id: 'UncertainCost',
    title: 'Cost that may be higher: cache writes of unknown lifetime (USD)',
    of: 'uncertain',
    by: ['model'],
    measures: ['calls', 'usd', 'highUsd'],
    sort: 'highUsd',
    limit: 1000,
  },
  {
    id: 'TokensByModel',
    title: 'Tokens by kind and model',
    of: 'notIgnored',
    by: ['model'],
    measures: ['calls', 'uncached', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'cacheWrite', 'output'],
    sort: 'output',
    limit: 1000,
  },
];

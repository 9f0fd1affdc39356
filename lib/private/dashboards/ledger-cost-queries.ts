import { oneRowPerCall, PRINCIPAL } from '../../../engine/ledger/calls';
import { ALL_INPUT, Member } from '../../../engine/ledger/members';
import { LogQuery } from './log-query';
import { cents, Column, fineUsd, showing } from './query-columns';

const { accountId, costHighUsd, costUsd, model, modelId, modelName, priceRow, profile, reason, region, routing, status, time, tokens } =
  Member;

export const SENT = `${ALL_INPUT} as sent`;
export const COST = `max(${costUsd}) as cost`;
export const TOKENS = ['max(sent) as inputTokens', `max(${tokens.output}) as outputTokens`];

/** The name of a model as graphs have it. Lines of version 0.1 have no name, and a model of your own price has only its id. */
export const MODEL_NAME = `coalesce(${modelName}, ${model}, ${modelId})`;

/** One row for each call, with the name of its model: of the lines of a call, those without a price may not have it. */
export function callsByModel({ computed = [], keys = [], values }: Parameters<typeof oneRowPerCall>[0]): string[] {
  const named = `coalesce(${modelName}, ${model}) as namedModel`;
  return [
    ...oneRowPerCall({ computed: [...computed, named], keys: [modelId, ...keys], values: ['sortsLast(namedModel) as ofCall', ...values] }),
    `fields coalesce(ofCall, ${modelId}) as calledModel`,
  ];
}

/** Cost and calls by what the lines of a call have in common; each key under its head. */
export function costBy(keys: readonly Column[], limit: number, computed: readonly string[] = []): string[] {
  const names = keys.map(([, key]) => key);
  return [
    ...oneRowPerCall({ computed, keys: names, values: [COST] }),
    `stats sum(cost) as usd, count(*) as calls, count(cost) as priced by ${names.join(', ')}`,
    'sort usd desc',
    `limit ${limit}`,
    ...showing(
      ...keys,
      ['Cost (USD)', cents('usd')],
      ['Calls', 'calls'],
      ['Calls with a price', 'priced'],
      ['Cost of 1,000 (USD)', cents('1000 * usd / priced')],
    ),
  ];
}

/** The queries that say what it cost, and why, that no dashboard shows. */
export const COST_QUERIES: readonly LogQuery[] = [
  {
    id: 'CostByRole',
    title: 'Cost by role, over all sessions (USD)',
    lines: costBy([['Role', 'principal']], 100, [PRINCIPAL]),
  },
  {
    id: 'CostByProfile',
    title: 'Cost by application inference profile (USD)',
    lines: [`filter ispresent(${profile})`, ...costBy([['Profile', profile]], 100)],
  },
  {
    id: 'CostByAccount',
    title: 'Cost by account and Region (USD)',
    lines: costBy(
      [
        ['Account', accountId],
        ['Region', region],
      ],
      100,
    ),
  },
  {
    id: 'UnpricedCalls',
    title: 'Calls without a price, and why',
    lines: [
      ...oneRowPerCall({
        computed: [SENT],
        keys: [modelId],
        values: [...TOKENS, COST, `sortsLast(${status}) as state`, `sortsLast(${reason}) as why`],
      }),
      'filter state = "unpriced" and not ispresent(cost)',
      `stats count(*) as calls, sum(inputTokens) as tokensIn, sum(outputTokens) as tokensOut by ${modelId}, why`,
      'sort calls desc',
      'limit 50',
      ...showing(['Model id', modelId], ['Calls', 'calls'], ['Tokens in', 'tokensIn'], ['Tokens out', 'tokensOut'], ['Why', 'why']),
    ],
  },
  {
    id: 'PricesUsed',
    title: 'Price rows that were used',
    lines: [
      `filter ispresent(${priceRow})`,
      ...oneRowPerCall({ values: [COST, `sortsLast(${priceRow}) as row`, `sortsLast(${routing}) as route`] }),
      'stats count(*) as calls, sum(cost) as usd by row, route',
      'sort usd desc',
      'limit 100',
      ...showing(['Price row', 'row'], ['Routing', 'route'], ['Calls', 'calls'], ['Cost (USD)', cents('usd')]),
    ],
  },
  {
    id: 'UncertainCost',
    title: 'Cost that may be higher: cache writes of unknown lifetime (USD)',
    lines: [
      `filter ispresent(${costHighUsd})`,
      ...callsByModel({ values: [COST, `max(${costHighUsd}) as high`] }),
      'stats count(*) as calls, sum(cost) as low, sum(high) as most by calledModel',
      'sort most desc',
      'limit 50',
      ...showing(['Model', 'calledModel'], ['Calls', 'calls'], ['At least (USD)', fineUsd('low')], ['At most (USD)', fineUsd('most')]),
    ],
  },
  {
    id: 'DailyCost',
    title: 'Cost by day (UTC) and model (USD)',
    lines: [
      ...callsByModel({ computed: [`substr(${time}, 0, 10) as day`], keys: ['day'], values: [COST] }),
      'stats sum(cost) as usd, count(*) as calls by day, calledModel',
      'sort day desc',
      'limit 1000',
      ...showing(['Day (UTC)', 'day'], ['Model', 'calledModel'], ['Cost (USD)', cents('usd')], ['Calls', 'calls']),
    ],
  },
];

import { oneRowPerCall, PRINCIPAL } from '../../../engine/ledger/calls';
import { ALL_INPUT, Member } from '../../../engine/ledger/members';
import { LogQuery } from './log-query';

const { accountId, costHighUsd, costUsd, modelId, priceRow, profile, reason, region, routing, status, time, tokens } = Member;

export const SENT = `${ALL_INPUT} as sent`;
export const COST = `max(${costUsd}) as cost`;
export const TOKENS = ['max(sent) as inputTokens', `max(${tokens.output}) as outputTokens`];

/** Cost and calls by what the lines of a call have in common. */
export function costBy(keys: readonly string[], computed: readonly string[] = []): string[] {
  return [
    ...oneRowPerCall({ computed, keys, values: [COST] }),
    `stats sum(cost) as usd, count(*) as calls, count(cost) as pricedCalls, usd / pricedCalls as usdPerCall by ${keys.join(', ')}`,
    'sort usd desc',
  ];
}

/** The queries that say what it cost, and why, that no dashboard shows. */
export const COST_QUERIES: readonly LogQuery[] = [
  {
    id: 'CostByRole',
    title: 'Cost by role, over all sessions (USD)',
    lines: [...costBy(['principal'], [PRINCIPAL]), 'limit 100'],
  },
  {
    id: 'CostByProfile',
    title: 'Cost by application inference profile (USD)',
    lines: [`filter ispresent(${profile})`, ...costBy([profile]), 'limit 100'],
  },
  {
    id: 'CostByAccount',
    title: 'Cost by account and Region (USD)',
    lines: [...costBy([accountId, region]), 'limit 100'],
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
    ],
  },
  {
    id: 'UncertainCost',
    title: 'Cost that may be higher: cache writes of unknown lifetime (USD)',
    lines: [
      `filter ispresent(${costHighUsd})`,
      ...oneRowPerCall({ keys: [modelId], values: [COST, `max(${costHighUsd}) as high`] }),
      `stats count(*) as calls, sum(cost) as atLeast, sum(high) as atMost by ${modelId}`,
      'sort atMost desc',
      'limit 50',
    ],
  },
  {
    id: 'DailyCost',
    title: 'Cost by day (UTC) and model (USD)',
    lines: [
      ...oneRowPerCall({ computed: [`substr(${time}, 0, 10) as day`], keys: ['day', modelId], values: [COST] }),
      `stats sum(cost) as usd, count(*) as calls by day, ${modelId}`,
      'sort day desc',
      'limit 1000',
    ],
  },
];

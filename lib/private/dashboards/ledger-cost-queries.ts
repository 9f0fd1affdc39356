import { oneRowPerCall } from '../../../engine/ledger/calls';
import { ALL_INPUT, Member } from '../../../engine/ledger/members';
import { cents, Column, showing } from './query-columns';

const { costUsd, model, modelId, modelName, tokens } = Member;

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

import type { DigestPeriod } from '../../engine/digest/digest-facts';
import { ALL_INPUT, IS_LEDGER, Member } from '../../engine/ledger/members';
import { timePrefixes } from './time-prefixes';

const { time, status, reason, modelId, model, caller, tokens, costUsd, priceRow, errorCode } = Member;

const SUMS = `fields ${ALL_INPUT} as sent | stats count(*) as calls, sum(sent) as input, sum(${tokens.output}) as output`;

/** The queries over a period. A call counts when it was made, not when its line was written. */
export function digestQueries({ from, until }: Pick<DigestPeriod, 'from' | 'until'>) {
  const during = `${time} like /^(${timePrefixes(from, until).join('|')})/`;
  const lines = (state: string) => `filter ${IS_LEDGER} and ${status} = "${state}" and ${during}`;
  return {
    priced: `${lines('priced')} | ${SUMS}, sum(${costUsd}) as usd by ${model}, ${caller} | limit 10000`,
    unpriced: `${lines('unpriced')} | ${SUMS} by ${modelId}, ${caller}, ${reason} | limit 10000`,
    failed: `${lines('ignored')} and ispresent(${errorCode}) | stats count(*) as calls`,
    cost: `${lines('priced')} | stats sum(${costUsd}) as usd`,
    priceRows: `${lines('priced')} | stats count(*) as calls by ${priceRow} | limit 10000`,
  };
}

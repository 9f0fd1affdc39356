import type { DigestPeriod } from '../../engine/digest/digest-facts';
import { oneRowPerCall, PRINCIPAL } from '../../engine/ledger/calls';
import { ALL_INPUT, IS_LEDGER, Member } from '../../engine/ledger/members';
import { MAX_ROWS } from '../shared/sources';
import { timePrefixes } from './time-prefixes';

const { time, status, reason, region, routing, serviceTier, modelId, model, profile, tokens, costUsd, priceRow, errorCode } = Member;

/** One row for each call: in `state`, a price wins over its absence, and both over a failure. */
const CALLS = oneRowPerCall({
  computed: [`${ALL_INPUT} as sent`, PRINCIPAL],
  keys: [modelId, 'principal', profile],
  values: [
    'count(*) as linesOfCall',
    `max(${costUsd}) as cost`,
    'max(sent) as inputTokens',
    `max(${tokens.input}) as uncached`,
    `max(${tokens.output}) as outputTokens`,
    `sortsLast(${model}) as pricedModel`,
    `sortsLast(${errorCode}) as error`,
    `sortsLast(${status}) as state`,
    `sortsLast(${reason}) as why`,
  ],
});

/** The tokens of each kind, of the lines of a call. */
const KINDS = Object.entries(tokens).map(([name, member]) => ({ name, ofCall: `${name}OfCall`, member }));

/** What decides the price of a call, and whether a lever changes it. */
const PRICED_BY = [model, routing, region, serviceTier, priceRow, 'writes5m', 'writes1h'];

/** One row for each call with a price. */
const PRICED_CALLS = oneRowPerCall({
  computed: [`${ALL_INPUT} as sent`, `ispresent(${tokens.cacheWrite5m}) as writes5m`, `ispresent(${tokens.cacheWrite1h}) as writes1h`],
  keys: PRICED_BY,
  values: [`max(${costUsd}) as cost`, 'max(sent) as prompt', ...KINDS.map(({ ofCall, member }) => `max(${member}) as ${ofCall}`)],
});

/** Of calls in one state: those that failed or were blocked without having used anything are "ignored". */
const SUMS = [
  ...['count(*) as calls', 'count(error) as failed', 'count(cost) as priced', 'count(uncached) as counted'],
  ...['sum(inputTokens) as input', 'sum(outputTokens) as output', 'sum(cost) as usd'],
].join(', ');

const MOST = `limit ${MAX_ROWS}`;

/** The queries over a period. A call counts when it was made, not when its line was written, and once, however many lines it has. */
export function digestQueries({ from, until }: Pick<DigestPeriod, 'from' | 'until'>) {
  const during = `${time} like /^(${timePrefixes(from, until).join('|')})/`;
  const lines = `filter ${IS_LEDGER} and ${status} != "malformed" and ${during}`;
  const query = (...commands: readonly string[]) => [lines, ...commands].join(' | ');
  return {
    /** How many lines there are, to see whether the queries that group them by call have read them all. */
    lines: query('stats count(*) as lines'),
    /** By one of three states. */
    totals: query(...CALLS, `stats ${SUMS}, sum(linesOfCall) as lines by state`),
    models: query(...CALLS, `stats ${SUMS} by pricedModel, ${modelId}, state`, 'sort usd desc', MOST),
    callers: query(...CALLS, `stats ${SUMS} by principal, state`, 'sort usd desc', MOST),
    profiles: query(`filter ispresent(${profile})`, ...CALLS, `stats ${SUMS} by ${profile}, state`, 'sort usd desc', MOST),
    unpriced: query(
      ...CALLS,
      'filter state = "unpriced" and not ispresent(cost)',
      `stats count(*) as calls by ${modelId}, why`,
      'sort calls desc',
      MOST,
    ),
    levers: query(
      `filter ${status} = "priced"`,
      ...PRICED_CALLS,
      `stats count(*) as calls, sum(cost) as usd, max(prompt) as longest, ${KINDS.map(({ name, ofCall }) => `sum(${ofCall}) as ${name}`).join(', ')} by ${PRICED_BY.join(', ')}`,
      MOST,
    ),
    priceRows: query(`filter ispresent(${priceRow})`, `stats count(*) as lines by ${priceRow}`, MOST),
  };
}

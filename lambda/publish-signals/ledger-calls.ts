import { oneRowPerCall, PRINCIPAL } from '../../engine/ledger/calls';
import { IS_LEDGER, Member, UNCACHED_INPUT } from '../../engine/ledger/members';
import { Signals } from '../../engine/telemetry/names';
import { MAX_ROWS, numberOf } from '../shared/sources';
import { isCut, ledgerSignal, limitOf, sumsByRole } from './ledger-rows';
import { DAY, HOUR, type Signal } from './signal';

const { requestId, model, tokens, costUsd } = Member;

/** A large prompt for a tiny answer, in tokens. */
const WASTE = { input: 2000, output: 200 };

const SENT = `${UNCACHED_INPUT} as sent`;
const COST = `max(${costUsd}) as cost`;
const PRICED = `filter ${IS_LEDGER} and ispresent(${costUsd})`;

export const CALL_QUERIES = {
  modelCosts: [
    PRICED,
    ...oneRowPerCall({ keys: [model], values: [COST] }),
    `stats sum(cost) as usd by ${model}`,
    'sort usd desc',
    `limit ${MAX_ROWS}`,
  ].join(' | '),
  totalCost: [PRICED, ...oneRowPerCall({ values: [COST] }), 'stats sum(cost) as usd'].join(' | '),
  ratio: [
    `filter ${IS_LEDGER} and ${tokens.output} > 0`,
    ...oneRowPerCall({ computed: [SENT], values: ['max(sent) as sentTokens', `max(${tokens.output}) as outputTokens`] }),
    'stats sum(sentTokens) as input, sum(outputTokens) as output',
  ].join(' | '),
  largest: [
    `filter ${IS_LEDGER} and ispresent(${tokens.input})`,
    `fields ${requestId}, ${UNCACHED_INPUT} + ${tokens.output} as used`,
    'sort used desc',
    'limit 1',
  ].join(' | '),
  wasted: [
    `filter ${IS_LEDGER} and ${tokens.output} > 0 and ${tokens.output} < ${WASTE.output}`,
    ...oneRowPerCall({ computed: [SENT, PRINCIPAL], keys: ['principal'], values: ['max(sent) as sentTokens'] }),
    `filter sentTokens > ${WASTE.input}`,
    'stats sum(sentTokens) as wasted by principal',
    'sort wasted desc',
    `limit ${MAX_ROWS}`,
  ].join(' | '),
} as const;

/** The most expensive model's share of 24 hours. With one model, or below the floor of a day, there is nothing to share. */
export const modelShare: Signal = ledgerSignal(async (ask, { minimumDailyCostUsd }, now) => {
  const models = await ask(CALL_QUERIES.modelCosts, now - DAY, now);
  // The sum of a list is the total only while the list is whole.
  const total = isCut(models)
    ? numberOf((await ask(CALL_QUERIES.totalCost, now - DAY, now))[0], 'usd')
    : models.reduce((sum, row) => sum + numberOf(row, 'usd'), 0);
  const share = models.length > 1 && total >= minimumDailyCostUsd ? (100 * numberOf(models[0], 'usd')) / total : 0;
  return [{ metric: Signals.MODEL_SHARE, value: share, subject: models[0]?.model, limit: limitOf(models) }];
});

/** Input tokens for each output token, in the last hour. */
export const inputOutput: Signal = ledgerSignal(async (ask, { minimumHourlyTokens }, now) => {
  const [row] = await ask(CALL_QUERIES.ratio, now - HOUR, now);
  const input = numberOf(row, 'input');
  const output = numberOf(row, 'output');
  return [{ metric: Signals.INPUT_OUTPUT_RATIO, value: input >= minimumHourlyTokens && output > 0 ? input / output : 0 }];
});

/** The tokens of the largest call of the last hour. */
export const largestCall: Signal = ledgerSignal(async (ask, _, now) => {
  const [row] = await ask(CALL_QUERIES.largest, now - HOUR, now);
  return [{ metric: Signals.LARGEST_CALL, value: numberOf(row, 'used'), subject: row?.requestId }];
});

/** Tokens of large prompts that got tiny answers in 24 hours, of the role that sent most of them. */
export const wastedTokens: Signal = ledgerSignal(async (ask, _, now) => {
  const rows = await ask(CALL_QUERIES.wasted, now - DAY, now);
  const [worst] = sumsByRole(rows, 'wasted');
  return [{ metric: Signals.WASTED_TOKENS, value: worst?.[1] ?? 0, subject: worst?.[0], limit: limitOf(rows) }];
});

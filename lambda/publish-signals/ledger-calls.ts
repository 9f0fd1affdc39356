import { IS_LEDGER, Member, UNCACHED_INPUT } from '../../engine/ledger/members';
import { Signals } from '../../engine/telemetry/names';
import { numberOf } from '../shared/sources';
import { ledgerSignal, sumsByRole } from './ledger-rows';
import { DAY, HOUR, type Signal } from './signal';

const { requestId, model, caller, tokens, costUsd } = Member;

/** A large prompt for a tiny answer, in tokens. */
const WASTE = { input: 2000, output: 200 };

export const CALL_QUERIES = {
  modelCosts: `filter ${IS_LEDGER} and ispresent(${costUsd}) | stats sum(${costUsd}) as usd by ${model} | sort usd desc | limit 1000`,
  ratio: `filter ${IS_LEDGER} and ${tokens.output} > 0 | fields ${UNCACHED_INPUT} as sent | stats sum(sent) as input, sum(${tokens.output}) as output`,
  largest: `filter ${IS_LEDGER} and ispresent(${tokens.input}) | fields ${requestId}, ${UNCACHED_INPUT} + ${tokens.output} as used | sort used desc | limit 1`,
  wasted: `filter ${IS_LEDGER} and ${tokens.output} > 0 and ${tokens.output} < ${WASTE.output} | fields ${UNCACHED_INPUT} as sent | filter sent > ${WASTE.input} | stats sum(sent) as wasted by ${caller} | sort wasted desc | limit 10000`,
} as const;

/** The most expensive model's share of 24 hours. With one model, or below the floor of a day, there is nothing to share. */
export const modelShare: Signal = ledgerSignal(async (ask, { minimumDailyCostUsd }, now) => {
  const models = await ask(CALL_QUERIES.modelCosts, now - DAY, now);
  const total = models.reduce((sum, row) => sum + numberOf(row, 'usd'), 0);
  const share = models.length > 1 && total >= minimumDailyCostUsd ? (100 * numberOf(models[0], 'usd')) / total : 0;
  return [{ metric: Signals.MODEL_SHARE, value: share, subject: models[0]?.model }];
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
  const [worst] = sumsByRole(await ask(CALL_QUERIES.wasted, now - DAY, now), 'wasted');
  return [{ metric: Signals.WASTED_TOKENS, value: worst?.[1] ?? 0, subject: worst?.[0] }];
});

import { oneRowPerCall, PRINCIPAL } from '../../engine/ledger/calls';
import { IS_LEDGER, Member, UNCACHED_INPUT } from '../../engine/ledger/members';
import { Signals } from '../../engine/telemetry/names';
import { MAX_ROWS, numberOf } from '../shared/sources';
import { ledgerSignal, limitOf, sumsByRole } from './ledger-rows';
import { DAY, HOUR, type Signal } from './signal';

const { requestId, tokens } = Member;

/** A large prompt for a tiny answer, in tokens. */
const WASTE = { input: 2000, output: 200 };

const SENT = `${UNCACHED_INPUT} as sent`;

export const CALL_QUERIES = {
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

/** Input tokens for each output token, in the last hour. Unknown below the floor of an hour. */
export const inputOutput: Signal = ledgerSignal(async (ask, { minimumHourlyTokens }, now) => {
  const [row] = await ask(CALL_QUERIES.ratio, now - HOUR, now);
  const input = numberOf(row, 'input');
  const output = numberOf(row, 'output');
  return [{ metric: Signals.INPUT_OUTPUT_RATIO, value: input >= minimumHourlyTokens && output > 0 ? input / output : undefined }];
});

/** The tokens of the largest call of the last hour; unknown where there was none. */
export const largestCall: Signal = ledgerSignal(async (ask, _, now) => {
  const [row] = await ask(CALL_QUERIES.largest, now - HOUR, now);
  return [{ metric: Signals.LARGEST_CALL, value: row && numberOf(row, 'used'), subject: row?.requestId }];
});

/** Tokens of large prompts that got tiny answers in 24 hours, of the role that sent most of them. */
export const wastedTokens: Signal = ledgerSignal(async (ask, _, now) => {
  const rows = await ask(CALL_QUERIES.wasted, now - DAY, now);
  const [worst] = sumsByRole(rows, 'wasted');
  return [{ metric: Signals.WASTED_TOKENS, value: worst?.[1] ?? 0, subject: worst?.[0], limit: limitOf(rows) }];
});

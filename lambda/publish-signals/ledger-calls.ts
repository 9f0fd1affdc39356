import type { LedgerQuestion } from '../../engine/ledger/questions/question';
import { Signals } from '../../engine/telemetry/names';
import { MAX_ROWS, numberOf } from '../shared/sources';
import { ledgerSignal, limitOf, sumsByRole } from './ledger-rows';
import { DAY, HOUR, type Signal } from './signal';

export const CALL_QUESTIONS = {
  ratio: { of: 'answered', by: [], measures: ['sent', 'output'], limit: 1 },
  largest: { each: 'line', of: 'counted', by: ['requestId'], measures: ['mostTokens'], sort: 'mostTokens', limit: 1 },
  wasted: { of: 'wasted', by: ['principal'], measures: ['sent'], sort: 'sent', limit: MAX_ROWS },
} as const satisfies Readonly<Record<string, LedgerQuestion>>;

/** Input tokens for each output token, in the last hour. Unknown below the floor of an hour. */
export const inputOutput: Signal = ledgerSignal(async (ledger, { minimumHourlyTokens }, now) => {
  const [row] = await ledger.askWritten(CALL_QUESTIONS.ratio, { from: now - HOUR, until: now });
  const input = numberOf(row, 'sent');
  const output = numberOf(row, 'output');
  return [{ metric: Signals.INPUT_OUTPUT_RATIO, value: input >= minimumHourlyTokens && output > 0 ? input / output : undefined }];
});

/** The tokens of the largest call of the last hour; unknown where there was none. */
export const largestCall: Signal = ledgerSignal(async (ledger, _, now) => {
  const [row] = await ledger.askWritten(CALL_QUESTIONS.largest, { from: now - HOUR, until: now });
  return [{ metric: Signals.LARGEST_CALL, value: row && numberOf(row, 'mostTokens'), subject: row?.requestId }];
});

/** Tokens of large prompts that got tiny answers in 24 hours, of the role that sent most of them. */
export const wastedTokens: Signal = ledgerSignal(async (ledger, _, now) => {
  const rows = await ledger.askWritten(CALL_QUESTIONS.wasted, { from: now - DAY, until: now });
  const [worst] = sumsByRole(rows, 'sent');
  return [{ metric: Signals.WASTED_TOKENS, value: worst?.[1] ?? 0, subject: worst?.[0], limit: limitOf(ledger.name, rows) }];
});

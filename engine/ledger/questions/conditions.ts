import { Member } from '../members';
import { SENT_COLUMNS } from './calls-sql';

const { costHighUsd, costUsd, errorCode, priceRow, profile, status, tokens } = Member;

/** Of the lines of a call the status that sorts last: a price wins over its absence, and both over a failure. */
const STATE = `sortsLast(${status}) as state`;

/** A large prompt for a tiny answer, in tokens. */
const WASTE = { input: 2000, output: 200 };

/** Which calls a question is about, in both languages. */
export interface Condition {
  /** Logs Insights: of the lines, before those of a call become one row. */
  readonly ofLine?: string;
  /** Logs Insights: of the calls. It may name what the measures work out, and `values`. */
  readonly ofCall?: string;
  /** Logs Insights: what the condition needs of the lines of a call. */
  readonly values?: readonly string[];
  /** SQL: of the rows of calls. */
  readonly sql: string;
}

export const CONDITIONS = {
  /** Calls that failed or were blocked have no tokens, and are not among those that are summed up. */
  notIgnored: { ofCall: 'state != "ignored"', values: [STATE], sql: "status <> 'ignored'" },
  priced: { ofLine: `${status} = "priced"`, sql: "status = 'priced'" },
  unpriced: {
    ofCall: 'state = "unpriced" and not ispresent(cost)',
    values: [STATE, `max(${costUsd}) as cost`],
    sql: "status = 'unpriced'",
  },
  uncertain: { ofLine: `ispresent(${costHighUsd})`, sql: 'cost_high_usd is not null' },
  withPriceRow: { ofLine: `ispresent(${priceRow})`, sql: 'price_row is not null' },
  withProfile: { ofLine: `ispresent(${profile})`, sql: 'profile is not null' },
  answered: { ofLine: `${tokens.output} > 0`, sql: 'output_tokens > 0' },
  counted: { ofLine: `ispresent(${tokens.input})`, sql: 'input_tokens is not null' },
  wasted: {
    ofLine: `${tokens.output} > 0 and ${tokens.output} < ${WASTE.output}`,
    ofCall: `sentOfCall > ${WASTE.input}`,
    sql: `output_tokens > 0 and output_tokens < ${WASTE.output} and ${SENT_COLUMNS} > ${WASTE.input}`,
  },
  failed: { ofLine: `ispresent(${errorCode})`, sql: 'error_code is not null' },
} as const satisfies Readonly<Record<string, Condition>>;

export type ConditionName = keyof typeof CONDITIONS;

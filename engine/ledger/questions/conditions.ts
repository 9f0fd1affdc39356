import { Member } from '../members';

const { costHighUsd, errorCode, priceRow, profile, status } = Member;

/** Which calls a question is about, in both languages. */
export interface Condition {
  /** Logs Insights: of the lines, before those of a call become one row. */
  readonly ofLine?: string;
  /** Logs Insights: of the calls. It may name `state`, the status that sorts last, and `cost`. */
  readonly ofCall?: string;
  /** SQL: of the rows of calls. */
  readonly sql: string;
}

export const CONDITIONS = {
  /** Calls that failed or were blocked have no tokens, and are not among those that are summed up. */
  notIgnored: { ofCall: 'state != "ignored"', sql: "status <> 'ignored'" },
  priced: { ofLine: `${status} = "priced"`, sql: "status = 'priced'" },
  unpriced: { ofCall: 'state = "unpriced" and not ispresent(cost)', sql: "status = 'unpriced'" },
  uncertain: { ofLine: `ispresent(${costHighUsd})`, sql: 'cost_high_usd is not null' },
  withPriceRow: { ofLine: `ispresent(${priceRow})`, sql: 'price_row is not null' },
  withProfile: { ofLine: `ispresent(${profile})`, sql: 'profile is not null' },
  failed: { ofLine: `ispresent(${errorCode})`, sql: 'error_code is not null' },
} as const satisfies Readonly<Record<string, Condition>>;

export type ConditionName = keyof typeof CONDITIONS;

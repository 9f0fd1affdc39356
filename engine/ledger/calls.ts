import { Member } from './members';

const { caller, eventId, requestId, role } = Member;

/** The column that names the call of a ledger line. */
export const CALL = 'callId';

/** The text of the line stands in for ids that neither record nor log event had. */
export const CALL_OF_LINE = `coalesce(${requestId}, ${eventId}, @message) as ${CALL}`;

/** The role of a call. Lines that version 0.1 wrote have the caller only. */
export const PRINCIPAL_OF_LINE = `coalesce(${role}, ${caller})`;
export const PRINCIPAL = `${PRINCIPAL_OF_LINE} as principal`;

interface Columns {
  /** Expressions that are worked out for each line first, with their names. */
  readonly computed?: readonly string[];
  /** What all lines of a call have in common. */
  readonly keys?: readonly string[];
  /** What is taken of the lines of a call: `max` of a number, `sortsLast` of a text. */
  readonly values: readonly string[];
}

/**
 * The commands of a query that make one row of all ledger lines of a call. A call has several lines where its record was
 * delivered to two functions or its batch was tried again, and where it failed after it had used tokens.
 *
 * The command `dedup` cannot do this, because only `limit` may follow it. Of `stats` there may be two, of which this is the
 * first. Source: CloudWatch Logs User Guide, "dedup" and "stats".
 */
export function oneRowPerCall({ computed = [], keys = [], values }: Columns): string[] {
  return [`fields ${[CALL_OF_LINE, ...computed].join(', ')}`, `stats ${values.join(', ')} by ${[CALL, ...keys].join(', ')}`];
}

import type { Status } from '../../engine/rating/rater';
import type { LogRecord } from './records';

/** The moments at which the alarms are evaluated. */
export interface Moments {
  /** Just before the outage. */
  readonly before: Date;
  /** At the end of the outage, or at the last record of a replay. */
  readonly during: Date;
  /** When calls have succeeded again for a while; absent in a replay, which has no known outage. */
  readonly after?: Date;
}

export interface Expected {
  /** Exact, in pico-dollars. */
  readonly cost: bigint;
  readonly byStatus: Readonly<Record<Status, number>>;
  /** The same by account and Region, as `memberName` names them. */
  readonly byMember: ReadonlyMap<string, bigint>;
}

/** Records to send, and what the meter must make of them. */
export interface Traffic {
  readonly records: readonly LogRecord[];
  readonly moments: Moments;
  /** Absent in a replay. */
  readonly expected?: Expected;
}

/** Records of the user's own. */
export function replayOf(records: readonly LogRecord[]): Traffic {
  const [first, last] = [records[0], records.at(-1)].map((record) => record?.time ?? new Date()) as [Date, Date];
  return { records, moments: { before: first, during: last } };
}

/** An account and Region, and how many calls and records of it there were in some hours. */
export interface Member {
  readonly account: string;
  readonly region: string;
  /** Successful calls, by the metrics of Bedrock. Undefined where the member shares none. */
  readonly calls?: number;
  /** Ledger lines. */
  readonly records: number;
}

/**
 * What is known of a member:
 * - `logged`: it calls models, and its records arrive.
 * - `silent`: it calls models, and nothing arrives.
 * - `incomplete`: fewer records arrive than there were calls.
 * - `idle`: no calls, no records.
 * - `notShared`: records arrive, and its metrics are not shared: whether these are all cannot be known.
 */
export type MemberState = 'logged' | 'silent' | 'incomplete' | 'idle' | 'notShared';

/** Below these, calls are no evidence: single ones, such as those of the console, may have no record in the same hours. */
const LEAST_CALLS = 10;
const LEAST_CALLS_OF_SHARE = 100;
const LEAST_SHARE = 0.9;

export function stateOf({ calls, records }: Member): MemberState {
  if (calls === undefined) return 'notShared';
  if (calls < LEAST_CALLS) return records > 0 ? 'logged' : 'idle';
  if (records === 0) return 'silent';
  return calls >= LEAST_CALLS_OF_SHARE && records < LEAST_SHARE * calls ? 'incomplete' : 'logged';
}

/** Pairs calls with records. The keys of both are made by `memberKey`. */
export function membersOf(calls: ReadonlyMap<string, number>, records: ReadonlyMap<string, number>): Member[] {
  return [...new Set([...calls.keys(), ...records.keys()])].sort().map((key) => {
    const [account = '', region = ''] = key.split(' ');
    return { account, region, calls: calls.get(key), records: records.get(key) ?? 0 };
  });
}

export const memberKey = (account: string, region: string): string => `${account} ${region}`;

import { ACCOUNT, REGION } from '../emulator/environment';

/** An account and Region in which models are called. */
export interface Member {
  readonly account: string;
  readonly region: string;
}

/** The account of the emulator alone. */
export const ALONE: readonly Member[] = [{ account: ACCOUNT, region: REGION }];

/** Two members in three Regions whose prices are those of the generator's table. Their records are copied to the account of the emulator. */
export const ORGANIZATION: readonly Member[] = ['us-east-1', 'us-east-2', 'us-west-2'].flatMap((region) =>
  ['111111111111', '222222222222'].map((account) => ({ account, region })),
);

/** Whose call it is. */
export const memberOf = (members: readonly Member[], call: number): Member => members[call % members.length]!;

/** How accounts and Regions are named in the report. */
export const memberName = ({ account, region }: Member): string => `${account} ${region}`;

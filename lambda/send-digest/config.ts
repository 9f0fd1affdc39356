import { type Environment, readList, readRequired } from '../../engine/environment';

/** What the environment says about the digest. */
export interface DigestConfig {
  /** Log group of the ledger. */
  readonly ledger: string;
  /** Where the ledger is a table, which is then asked in place of the log group. */
  readonly ledgerTable?: { readonly database: string; readonly workGroup: string };
  /** Name of the function that meters calls, for what it cost itself. */
  readonly meterFunction: string;
  /** Where digests are kept. */
  readonly bucket: string;
  readonly timeZone: string;
  /** ARNs of the topics that get the message. */
  readonly topics: readonly string[];
}

export function readDigestConfig(env: Environment): DigestConfig {
  return {
    ledger: readRequired(env, 'LEDGER_LOG_GROUP'),
    ledgerTable: env.LEDGER_DATABASE ? { database: env.LEDGER_DATABASE, workGroup: readRequired(env, 'LEDGER_WORK_GROUP') } : undefined,
    meterFunction: readRequired(env, 'METER_FUNCTION'),
    bucket: readRequired(env, 'BUCKET'),
    timeZone: env.TIME_ZONE || 'UTC',
    topics: readList(env, 'TOPICS'),
  };
}

import { type Environment, readList, readRequired } from '../../engine/environment';
import { type LedgerConfig, readLedgerConfig } from '../shared/ledger-config';

/** What the environment says about the digest. */
export interface DigestConfig extends LedgerConfig {
  /** Names of the function that meters calls and of its log group, for what they cost themselves. */
  readonly meterFunction: string;
  readonly meterLogGroup: string;
  /** Where digests are kept. */
  readonly bucket: string;
  readonly timeZone: string;
  /** ARNs of the topics that get the message. */
  readonly topics: readonly string[];
}

export function readDigestConfig(env: Environment): DigestConfig {
  return {
    ...readLedgerConfig(env),
    meterFunction: readRequired(env, 'METER_FUNCTION'),
    meterLogGroup: readRequired(env, 'METER_LOG_GROUP'),
    bucket: readRequired(env, 'BUCKET'),
    timeZone: env.TIME_ZONE || 'UTC',
    topics: readList(env, 'TOPICS'),
  };
}

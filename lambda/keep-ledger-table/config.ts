import { type Environment, readRequired } from '../../engine/environment';

/** What the environment says about the upkeep of the table. */
export interface UpkeepConfig {
  /** The bucket of the table, and of the rows that could not be written to it. */
  readonly bucket: string;
  readonly database: string;
  readonly workGroup: string;
  /** Absent where rows are kept for ever. */
  readonly retentionDays?: number;
  /** Where the copy for auditors is. */
  readonly auditBucket?: string;
}

export function readUpkeepConfig(env: Environment): UpkeepConfig {
  return {
    bucket: readRequired(env, 'BUCKET'),
    database: readRequired(env, 'DATABASE'),
    workGroup: readRequired(env, 'WORK_GROUP'),
    retentionDays: env.RETENTION_DAYS ? readDays(env.RETENTION_DAYS) : undefined,
    auditBucket: env.AUDIT_BUCKET || undefined,
  };
}

/** A number that cannot be read would delete rows. */
function readDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1) throw new Error(`'RETENTION_DAYS' must be a whole number above 0, got '${text}'`);
  return days;
}

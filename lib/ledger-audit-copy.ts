import { Duration, Token } from 'aws-cdk-lib';

/**
 * Properties of a LedgerAuditCopy.
 */
export interface LedgerAuditCopyOptions {
  /**
   * How long each file of the copy cannot be deleted or changed.
   *
   * @default - seven years, as RetentionClass.AUDIT
   */
  readonly retention?: Duration;
}

/**
 * A copy of the ledger for auditors: a closed set of Parquet files for each day, in a bucket with S3 Object Lock.
 *
 * The table itself cannot be locked: Iceberg replaces files when it compacts and expires, and a locked file stays and is paid for until its date.
 */
export class LedgerAuditCopy {
  /**
   * Nobody can delete a file before its date: no user, no root user, not AWS. Use it once you are sure of the retention.
   *
   * @param options how long
   */
  public static compliance(options: LedgerAuditCopyOptions = {}): LedgerAuditCopy {
    return new LedgerAuditCopy('COMPLIANCE', options);
  }

  /**
   * Only principals with `s3:BypassGovernanceRetention` can delete a file before its date.
   *
   * @param options how long
   */
  public static governance(options: LedgerAuditCopyOptions = {}): LedgerAuditCopy {
    return new LedgerAuditCopy('GOVERNANCE', options);
  }

  /** @internal */
  public readonly _retention: Duration;

  private constructor(
    /** @internal */
    public readonly _mode: 'COMPLIANCE' | 'GOVERNANCE',
    { retention = Duration.days(7 * 365 + 2) }: LedgerAuditCopyOptions,
  ) {
    if (Token.isUnresolved(retention) || retention.isUnresolved()) {
      throw new Error("'retention' must be known at synth, got a value that is known only when the stack is deployed: write it in the app");
    }
    const days = retention.toDays({ integral: false });
    if (!Number.isInteger(days) || days < 1 || days > 36_500) {
      throw new Error(`'retention' must be whole days, from 1 to 36,500, got ${days} days: S3 Object Lock takes no others`);
    }
    this._retention = retention;
  }
}

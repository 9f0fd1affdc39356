import { Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';

/**
 * Options for a ledger with one line per call.
 */
export interface PerCallLedgerOptions {
  /**
   * How long ledger lines are kept.
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly retention?: logs.RetentionDays;

  /**
   * The key that encrypts the ledger.
   *
   * @default - encrypted with a key that CloudWatch Logs owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The keys of Bedrock's `requestMetadata` that are copied into the ledger; every other key stays in the invocation log.
   *
   * @default - no request metadata is copied
   */
  readonly requestMetadataKeys?: string[];

  /**
   * A secret whose value keys an HMAC-SHA-256 of each prompt, so that repeated prompts can be counted without being readable.
   *
   * @default - prompts are not hashed
   */
  readonly promptHashSecret?: secretsmanager.ISecret;
}

/**
 * The record of single calls that the cost meter keeps beside its metrics.
 *
 * A ledger line holds who called what, when, how many tokens and dollars it took and how it ended, and never a prompt or a
 * completion: whoever may see costs need not see prompts.
 */
export class Ledger {
  /**
   * No ledger: metrics only, dashboards without tables.
   */
  public static readonly NONE = new Ledger(false, { retention: logs.RetentionDays.ONE_WEEK });

  /**
   * One content-free line per call, about 400 bytes.
   *
   * @param options retention, encryption and what else a line may hold
   */
  public static perCall(options: PerCallLedgerOptions = {}): Ledger {
    for (const key of options.requestMetadataKeys ?? []) {
      if (!Token.isUnresolved(key) && !/^[A-Za-z0-9 :_@$#=/+.-]{1,256}$/.test(key)) {
        throw new Error(
          `'requestMetadataKeys' must hold keys that Bedrock accepts (1 to 256 letters, digits, spaces or :_@$#=/+.-, and no comma), got '${key}'`,
        );
      }
    }
    return new Ledger(true, options);
  }

  private constructor(
    /** @internal */
    public readonly _perCall: boolean,
    /** @internal */
    public readonly _options: PerCallLedgerOptions,
  ) {}
}

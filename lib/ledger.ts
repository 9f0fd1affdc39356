import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { isRequestMetadataKey, requireKnown } from './private/validation';

/**
 * Options of `Ledger.perCall`.
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
   * @default - the ledger is encrypted with a key that CloudWatch Logs owns
   */
  readonly encryptionKey?: kms.IKeyRef;

  /**
   * The keys of Bedrock's `requestMetadata` whose values are copied into the ledger.
   *
   * @default - no request metadata is copied
   */
  readonly requestMetadataKeys?: string[];

  /**
   * The secret whose value is the key of an HMAC-SHA-256 of each prompt. With the hashes, repeated prompts can be counted without being readable.
   *
   * @default - prompts are not hashed
   */
  readonly promptHashSecret?: secretsmanager.ISecret;
}

/**
 * The record of single calls that the cost meter keeps beside its metrics.
 *
 * A ledger line holds the caller, the model, the time, the tokens, the cost and the outcome of one call, and never a prompt or an
 * answer. People who may read costs need no access to prompts.
 */
export class Ledger {
  /**
   * No ledger. There are metrics only, and dashboards have no tables.
   */
  public static readonly NONE = new Ledger(false, { retention: logs.RetentionDays.ONE_WEEK });

  /**
   * One line per call, of about 600 bytes.
   *
   * @param options retention, encryption and optional contents of a line
   */
  public static perCall(options: PerCallLedgerOptions = {}): Ledger {
    requireKnown('requestMetadataKeys', options.requestMetadataKeys);
    const invalid = options.requestMetadataKeys?.find((key) => !isRequestMetadataKey(key, 256));
    if (invalid !== undefined) {
      throw new Error(
        `'requestMetadataKeys' must hold keys that Bedrock accepts (1 to 256 letters, digits, spaces or :_@$#=/+.-, and no comma), got '${invalid}'`,
      );
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

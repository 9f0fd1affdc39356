import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { LedgerTable } from './ledger-table';
import { requireUsable } from './private/usable';
import { isRequestMetadataKey, requireKnown, requireUnique } from './private/validation';

/**
 * What a line of the ledger has beyond the call itself.
 */
export interface LedgerLineOptions {
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
 * Options of `Ledger.perCall`.
 */
export interface PerCallLedgerOptions extends LedgerLineOptions {
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
   * A table that gets each line, too.
   *
   * @default - lines are in the log group only
   */
  readonly table?: LedgerTable;
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
  public static readonly NONE = new Ledger('none', { retention: logs.RetentionDays.ONE_WEEK });

  /**
   * One line per call, of about 600 bytes.
   *
   * @param options retention, encryption and optional contents of a line
   */
  public static perCall(options: PerCallLedgerOptions = {}): Ledger {
    requireMetadataKeys(options);
    requireUsable(options);
    return new Ledger('perCall', options);
  }

  /**
   * One row per call in a table, instead of lines in the log group: for more than about 100 million calls a month, or years of them.
   *
   * Alarm signals, the digest, the comparison with the bill and the watch of members read the table. Dashboards have no tables of the ledger,
   * because CloudWatch draws them from log groups; the named queries of the table answer the same questions.
   *
   * @param table the table, in the stack of the cost meter
   * @param options optional contents of a row
   */
  public static inTable(table: LedgerTable, options: LedgerLineOptions = {}): Ledger {
    requireMetadataKeys(options);
    return new Ledger('table', { ...options, table, retention: logs.RetentionDays.ONE_WEEK });
  }

  /** @internal */
  public readonly _perCall: boolean;

  private constructor(
    /** @internal */
    public readonly _form: 'none' | 'perCall' | 'table',
    /** @internal */
    public readonly _options: PerCallLedgerOptions,
  ) {
    this._perCall = _form === 'perCall';
  }
}

function requireMetadataKeys({ requestMetadataKeys }: LedgerLineOptions): void {
  requireKnown('requestMetadataKeys', requestMetadataKeys);
  requireUnique('requestMetadataKeys', requestMetadataKeys ?? []);
  const invalid = requestMetadataKeys?.find((key) => !isRequestMetadataKey(key, 256));
  if (invalid !== undefined) {
    throw new Error(
      `'requestMetadataKeys' must hold keys that Bedrock accepts (1 to 256 letters, digits, spaces or :_@$#=/+.-, and no comma), got '${invalid}'`,
    );
  }
}

import { Token } from 'aws-cdk-lib';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SAFE_IDENTIFIERS } from './private/logging/safe-identifiers';

/**
 * Options of `DataProtection.of`.
 */
export interface DataProtectionOptions {
  /**
   * What is masked, managed by AWS or of your own.
   *
   * Masked records are also what the cost meter reads. An identifier that hits bare numbers, addresses of callers or names
   * makes calls unreadable or changes who made them.
   *
   * @default - DataProtection.recommendedIdentifiers()
   */
  readonly identifiers?: logs.DataIdentifier[];

  /**
   * The log group that receives the findings.
   *
   * Its name must start with `/aws/vendedlogs/`, or it needs a resource policy for log delivery.
   *
   * @default - findings are counted in the metric LogEventsWithFindings only
   */
  readonly findingsLogGroup?: logs.ILogGroup;

  /**
   * The bucket that receives the findings.
   *
   * @default - findings are counted in the metric LogEventsWithFindings only
   */
  readonly findingsBucket?: s3.IBucket;

  /**
   * The Firehose delivery stream that receives the findings.
   *
   * @default - findings are counted in the metric LogEventsWithFindings only
   */
  readonly findingsDeliveryStream?: firehose.IDeliveryStream;
}

/**
 * What CloudWatch Logs masks in the invocation records.
 */
export class DataProtection {
  /**
   * Masks credentials, bank cards, account and identity numbers.
   *
   * Not e-mail addresses, IP addresses, names, postal addresses and phone numbers: they are found without a keyword, also in
   * the caller's ARN and in request metadata. And no number so short that a token count could be taken for it: the mask would
   * break the record.
   */
  public static readonly RECOMMENDED = DataProtection.of({});

  /**
   * Masks nothing.
   */
  public static readonly NONE = new DataProtection([]);

  /**
   * Masks chosen data, and sends the findings where you want them.
   *
   * @param options what is masked, and who is told
   */
  public static of(options: DataProtectionOptions): DataProtection {
    const identifiers = options.identifiers ?? DataProtection.recommendedIdentifiers();
    if (identifiers.length === 0) {
      throw new Error("'identifiers' must name at least one identifier, use DataProtection.NONE to mask nothing");
    }
    checkCustomIdentifiers(identifiers);
    const policy = new logs.DataProtectionPolicy({
      name: 'bedrock-invocations',
      description: 'Masks sensitive data in Bedrock model invocation records',
      identifiers,
      logGroupAuditDestination: options.findingsLogGroup,
      s3BucketAuditDestination: options.findingsBucket,
      deliveryStreamNameAuditDestination: options.findingsDeliveryStream?.deliveryStreamName,
    });
    return new DataProtection(identifiers, policy);
  }

  /**
   * The identifiers of `RECOMMENDED`, to be added to.
   */
  public static recommendedIdentifiers(): logs.DataIdentifier[] {
    return [...SAFE_IDENTIFIERS];
  }

  /**
   * What is masked.
   */
  public readonly identifiers: logs.DataIdentifier[];

  /**
   * The policy, for a log group of your own. There is none if nothing is masked.
   */
  public readonly policy?: logs.DataProtectionPolicy;

  private constructor(identifiers: logs.DataIdentifier[], policy?: logs.DataProtectionPolicy) {
    this.identifiers = identifiers;
    this.policy = policy;
  }
}

// CloudWatch Logs has these limits, and tells of them only when deployed.
function checkCustomIdentifiers(identifiers: logs.DataIdentifier[]): void {
  const custom = identifiers.filter((identifier) => identifier instanceof logs.CustomDataIdentifier);
  if (custom.length > 10) {
    throw new Error(`'identifiers' must have at most 10 custom identifiers, got ${custom.length}`);
  }
  for (const { name, regex } of custom) {
    if (!Token.isUnresolved(name) && !/^[A-Za-z0-9_-]{1,128}$/.test(name)) {
      throw new Error(`the name of a custom identifier must be 1 to 128 letters, digits, _ or -, got '${name}'`);
    }
    if (!Token.isUnresolved(regex) && (regex.length === 0 || regex.length > 200)) {
      throw new Error(`the expression of the custom identifier '${name}' must have 1 to 200 characters, got ${regex.length}`);
    }
  }
}

import { Token } from 'aws-cdk-lib';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SAFE_IDENTIFIERS } from './private/logging/safe-identifiers';
import { requireUsable } from './private/usable';

/**
 * Options of `DataProtection.of`.
 */
export interface DataProtectionOptions {
  /**
   * The data that is masked: identifiers that AWS manages, and custom ones.
   *
   * The cost meter reads the masked records. An identifier that matches plain numbers makes records unreadable, and one that
   * matches names or addresses can mask the caller.
   *
   * @default - DataProtection.recommendedIdentifiers()
   */
  readonly identifiers?: logs.DataIdentifier[];

  /**
   * The log group that receives the findings.
   *
   * Its name must start with `/aws/vendedlogs/`, or it needs a resource policy that allows log delivery.
   *
   * @default - findings are only counted, in the metric LogEventsWithFindings
   */
  readonly findingsLogGroup?: logs.ILogGroup;

  /**
   * The bucket that receives the findings.
   *
   * @default - findings are only counted, in the metric LogEventsWithFindings
   */
  readonly findingsBucket?: s3.IBucket;

  /**
   * The Firehose delivery stream that receives the findings.
   *
   * @default - findings are only counted, in the metric LogEventsWithFindings
   */
  readonly findingsDeliveryStream?: firehose.IDeliveryStream;
}

/**
 * What CloudWatch Logs masks in the invocation records.
 */
export class DataProtection {
  /**
   * Masks credentials, bank cards, account numbers and identity numbers.
   *
   * It does not mask e-mail addresses, IP addresses, names, postal addresses and phone numbers: CloudWatch Logs finds them also
   * in the caller's ARN and in request metadata. Nor does it mask numbers as short as a token count, because a masked count makes
   * the record unreadable.
   */
  public static readonly RECOMMENDED = DataProtection.of({});

  /**
   * Masks nothing.
   */
  public static readonly NONE = new DataProtection([]);

  /**
   * Masks chosen data, and sends the findings to chosen destinations.
   *
   * @param options what is masked, and where findings are sent
   */
  public static of(options: DataProtectionOptions): DataProtection {
    const identifiers = options.identifiers ?? DataProtection.recommendedIdentifiers();
    if (identifiers.length === 0) {
      throw new Error("'identifiers' must hold at least one identifier, got none: use DataProtection.NONE to mask nothing");
    }
    checkCustomIdentifiers(identifiers);
    requireUsable(options);
    const policy = new logs.DataProtectionPolicy({
      name: 'bedrock-invocations',
      description: 'Masks sensitive data in Bedrock model invocation records',
      identifiers,
      logGroupAuditDestination: options.findingsLogGroup,
      s3BucketAuditDestination: options.findingsBucket,
      deliveryStreamNameAuditDestination: options.findingsDeliveryStream?.deliveryStreamName,
    });
    return new DataProtection(identifiers, policy, options);
  }

  /**
   * The identifiers of `RECOMMENDED`, as a list that you can extend.
   */
  public static recommendedIdentifiers(): logs.DataIdentifier[] {
    return [...SAFE_IDENTIFIERS];
  }

  /**
   * The data that is masked.
   */
  public readonly identifiers: logs.DataIdentifier[];

  /**
   * The policy for a log group. Undefined if nothing is masked.
   */
  public readonly policy?: logs.DataProtectionPolicy;

  /**
   * Where findings are sent.
   *
   * @internal
   */
  public readonly _findings: DataProtectionOptions;

  private constructor(identifiers: logs.DataIdentifier[], policy?: logs.DataProtectionPolicy, findings: DataProtectionOptions = {}) {
    this.identifiers = identifiers;
    this.policy = policy;
    this._findings = findings;
  }
}

/** Limits of CloudWatch Logs. Without these checks they would show at the deployment. Source: Amazon CloudWatch Logs User Guide. */
function checkCustomIdentifiers(identifiers: logs.DataIdentifier[]): void {
  const custom = identifiers.filter((identifier) => identifier instanceof logs.CustomDataIdentifier);
  if (custom.length > 10) {
    throw new Error(`'identifiers' must have at most 10 custom identifiers, got ${custom.length}`);
  }
  for (const { name, regex } of custom) {
    if (!Token.isUnresolved(name) && !/^[A-Za-z0-9_-]{1,128}$/.test(name)) {
      throw new Error(`'identifiers' must have custom identifiers with names of 1 to 128 letters, digits, _ or -, got '${name}'`);
    }
    if (!Token.isUnresolved(regex) && (regex.length === 0 || regex.length > 200)) {
      throw new Error(
        `'identifiers' must have custom identifiers with expressions of 1 to 200 characters, got ${regex.length} in '${name}'`,
      );
    }
  }
}

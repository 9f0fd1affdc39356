import { Token } from 'aws-cdk-lib';

/**
 * A further dimension of the cost metric, beside the model.
 *
 * Every value of a dimension is a paid custom metric (about $0.30 a month). The ledger answers the same questions for less:
 * ask for a dimension only where an alarm or a graph needs it.
 */
export class MeterDimension {
  /**
   * The IAM principal that made the call (`identity.arn` of the log record).
   */
  public static readonly CALLER = new MeterDimension('caller');

  /**
   * A key of the request metadata that callers attach to their calls, for example `team`.
   *
   * @param key the key in `requestMetadata`
   */
  public static requestMetadata(key: string): MeterDimension {
    if (!Token.isUnresolved(key) && !/^[A-Za-z0-9 :_@$#=/+.-]{1,250}$/.test(key)) {
      throw new Error(
        `'key' must be a request-metadata key that CloudWatch accepts as a dimension name (1 to 250 letters, digits, spaces or :_@$#=/+.-), got '${key}'`,
      );
    }
    return new MeterDimension(`meta:${key}`);
  }

  private constructor(
    /** @internal */
    public readonly _name: string,
  ) {}
}

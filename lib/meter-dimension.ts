import { Attributes } from '../engine/telemetry/names';
import { isRequestMetadataKey } from './private/validation';

/** The name of a dimension has 255 characters at most. Source: CloudWatch API reference, Dimension. */
const MAX_KEY = 255 - Attributes.REQUEST_METADATA_PREFIX.length;

/**
 * An additional dimension of the cost metric, beside the model.
 *
 * Every value of a dimension is a custom metric, which CloudWatch bills (about 0.30 USD a month). Use a dimension where an alarm
 * or a graph needs it; queries over the ledger answer the same questions for less.
 */
export class MeterDimension {
  /**
   * The IAM principal that made the call: `identity.arn` of the log record.
   */
  public static readonly CALLER = new MeterDimension('caller');

  /**
   * The role behind the caller: its ARN without the name of the session, which can differ from call to call. Users and other principals are named as `CALLER` names them.
   */
  public static readonly ROLE = new MeterDimension('role');

  /**
   * The ARN of the application inference profile that was called. Calls of anything else have no value.
   *
   * Give each application a profile of its own, and its cost can be told apart without a change of its code.
   */
  public static readonly APPLICATION_PROFILE = new MeterDimension('profile');

  /**
   * The account that called.
   */
  public static readonly ACCOUNT = new MeterDimension('account');

  /**
   * The Region that was called.
   */
  public static readonly REGION = new MeterDimension('region');

  /**
   * The value of one key of the request metadata that callers attach to their calls, for example of `team`.
   *
   * @param key the key in `requestMetadata`
   */
  public static requestMetadata(key: string): MeterDimension {
    if (!isRequestMetadataKey(key, MAX_KEY)) {
      throw new Error(
        `'key' must be a request-metadata key that CloudWatch accepts as part of a dimension name (1 to ${MAX_KEY} letters, digits, spaces or :_@$#=/+.-), got '${key}'`,
      );
    }
    return new MeterDimension(`meta:${key}`);
  }

  private constructor(
    /** @internal */
    public readonly _name: string,
  ) {}
}

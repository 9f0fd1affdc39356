import { Duration, Token } from 'aws-cdk-lib';

/**
 * What happens while nobody knows yet what is normal.
 */
export class AlarmActivation {
  /**
   * Alarms act from the first deployment on.
   */
  public static readonly IMMEDIATE = new AlarmActivation(undefined);

  /**
   * Alarms change state from the first deployment on, and act after a while: look at what would have fired, set the thresholds.
   *
   * @param time how long to learn, in whole days
   */
  public static after(time: Duration = Duration.days(7)): AlarmActivation {
    const days = time.toDays({ integral: false });
    if (!Token.isUnresolved(days) && !(Number.isInteger(days) && days >= 1 && days <= 90)) {
      throw new Error(`'time' must be 1 to 90 whole days, got ${days} days`);
    }
    return new AlarmActivation(days);
  }

  private constructor(
    /** @internal */
    public readonly _days: number | undefined,
  ) {}
}

import { Duration } from 'aws-cdk-lib';
import { requireKnown } from './private/validation';

/**
 * From when on alarms carry out their actions.
 */
export class AlarmActivation {
  /**
   * From the first deployment on.
   */
  public static readonly IMMEDIATE = new AlarmActivation(undefined);

  /**
   * Some days after the first deployment. Until then alarms change state and notify nobody, which shows what would have fired
   * and which thresholds to change.
   *
   * @param duration the time after the first deployment, from 1 to 90 whole days
   */
  public static after(duration: Duration = Duration.days(7)): AlarmActivation {
    requireKnown('duration', duration);
    const days = duration.toDays({ integral: false });
    if (!(Number.isInteger(days) && days >= 1 && days <= 90)) {
      throw new Error(`'duration' must be 1 to 90 whole days, got ${days} days`);
    }
    return new AlarmActivation(days);
  }

  private constructor(
    /** @internal */
    public readonly _days: number | undefined,
  ) {}
}

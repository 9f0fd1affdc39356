import { Token } from 'aws-cdk-lib';
import { AlarmTier } from './alarm-rule';

/**
 * Options for a budget.
 */
export interface CostBudgetOptions {
  /**
   * The model or inference profile whose cost counts, as CloudWatch shows it in the `ModelId` dimension.
   *
   * @default - the cost of all models counts
   */
  readonly modelId?: string;

  /**
   * The IAM principal whose cost counts, as the log records name it. The meter must publish `MeterDimension.CALLER`.
   *
   * @default - the cost of all callers counts
   */
  readonly caller?: string;

  /**
   * The percentages of the amount at which somebody is told.
   *
   * @default [50, 80, 100]
   */
  readonly stepPercentages?: number[];

  /**
   * Whom the last step reaches; the others are warnings.
   *
   * @default AlarmTier.WARNING
   */
  readonly lastStepTier?: AlarmTier;
}

/**
 * An amount that a day or a month of model calls should not cost.
 */
export class CostBudget {
  /**
   * A budget for each calendar day.
   *
   * @param name what the budget is called, in PascalCase
   * @param amountUsd the amount in USD
   */
  public static daily(name: string, amountUsd: number, options: CostBudgetOptions = {}): CostBudget {
    return new CostBudget(name, amountUsd, 'day', options);
  }

  /**
   * A budget for each calendar month.
   *
   * @param name what the budget is called, in PascalCase
   * @param amountUsd the amount in USD
   */
  public static monthly(name: string, amountUsd: number, options: CostBudgetOptions = {}): CostBudget {
    return new CostBudget(name, amountUsd, 'month', options);
  }

  private constructor(
    /**
     * What the budget is called.
     */
    public readonly name: string,
    /**
     * The amount in USD.
     */
    public readonly amountUsd: number,
    /** @internal */
    public readonly _period: 'day' | 'month',
    /** @internal */
    public readonly _options: CostBudgetOptions,
  ) {
    const { modelId, caller, stepPercentages = [50, 80, 100] } = _options;
    if (!/^[A-Z][A-Za-z0-9]{0,40}$/.test(name)) {
      throw new Error(`'name' must be PascalCase with at most 41 letters and digits, got '${name}'`);
    }
    if (!Token.isUnresolved(amountUsd) && !(amountUsd > 0 && Number.isFinite(amountUsd))) {
      throw new Error(`'amountUsd' of budget '${name}' must be above 0, got ${amountUsd}; to forbid calls, deny them in IAM`);
    }
    if (modelId !== undefined && caller !== undefined) {
      throw new Error(`budget '${name}' must have a 'modelId' or a 'caller', not both: cost is published by one of them at a time`);
    }
    const wrong = stepPercentages.find((step) => !Number.isInteger(step) || step < 1 || step > 1000);
    if (stepPercentages.length === 0 || wrong !== undefined || new Set(stepPercentages).size !== stepPercentages.length) {
      throw new Error(
        `'stepPercentages' of budget '${name}' must be different whole percentages from 1 to 1000, got [${stepPercentages.join(', ')}]`,
      );
    }
  }
}

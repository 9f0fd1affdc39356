import { AlarmTier } from './alarm-tier';
import { requireUsable } from './private/usable';
import { requireKnown, requireMember } from './private/validation';

/**
 * Options of `CostBudget.daily` and `CostBudget.monthly`.
 */
export interface CostBudgetOptions {
  /**
   * The model or inference profile whose cost counts, as the dimension `ModelId` of the namespace `AWS/Bedrock` has it.
   *
   * @default - the cost of all models counts
   */
  readonly modelId?: string;

  /**
   * The ARN of the IAM principal whose cost counts, as log records have it: of a role, with the name of the session. The meter must publish `MeterDimension.CALLER`.
   *
   * @default - the cost of all callers counts
   */
  readonly caller?: string;

  /**
   * The steps of the budget in percent of its amount. An alarm fires at each of them.
   *
   * @default [50, 80, 100]
   */
  readonly stepPercentages?: number[];

  /**
   * The tier of the alarm at the last step. The alarms at the other steps are warnings.
   *
   * @default AlarmTier.WARNING
   */
  readonly lastStepTier?: AlarmTier;
}

/**
 * An amount that the model calls of a day or a month should not exceed.
 */
export class CostBudget {
  /**
   * A budget for each calendar day.
   *
   * @param name the name of the budget in PascalCase, for example `AllModels`
   * @param amountUsd the amount in USD, at list price
   * @param options what counts and at which steps alarms fire
   */
  public static daily(name: string, amountUsd: number, options: CostBudgetOptions = {}): CostBudget {
    return new CostBudget(name, amountUsd, 'day', options);
  }

  /**
   * A budget for each calendar month.
   *
   * @param name the name of the budget in PascalCase, for example `AllModels`
   * @param amountUsd the amount in USD, at list price
   * @param options what counts and at which steps alarms fire
   */
  public static monthly(name: string, amountUsd: number, options: CostBudgetOptions = {}): CostBudget {
    return new CostBudget(name, amountUsd, 'month', options);
  }

  /**
   * The steps in percent of the amount, lowest first.
   *
   * @internal
   */
  public readonly _stepPercentages: number[];

  private constructor(
    /**
     * The name of the budget.
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
    requireKnown('name', name);
    requireKnown(`amountUsd' of budget '${name}`, amountUsd);
    [stepPercentages, ...stepPercentages].forEach((value) => requireKnown(`stepPercentages' of budget '${name}`, value));
    if (!/^[A-Z][A-Za-z0-9]{0,40}$/.test(name)) {
      throw new Error(`'name' must be PascalCase with at most 41 letters and digits, got '${name}'`);
    }
    if (!(amountUsd > 0 && Number.isFinite(amountUsd))) {
      throw new Error(`'amountUsd' of budget '${name}' must be above 0, got ${amountUsd}; to forbid calls, deny them in IAM`);
    }
    if (modelId !== undefined && caller !== undefined) {
      throw new Error(
        `'modelId' and 'caller' of budget '${name}' exclude each other, got '${modelId}' and '${caller}': no metric has the cost by both`,
      );
    }
    const invalid = stepPercentages.find((step) => !Number.isInteger(step) || step < 1 || step > 1000);
    if (stepPercentages.length === 0 || invalid !== undefined || new Set(stepPercentages).size !== stepPercentages.length) {
      throw new Error(
        `'stepPercentages' of budget '${name}' must be distinct whole percentages from 1 to 1000, got [${stepPercentages.join(', ')}]`,
      );
    }
    requireUsable(_options);
    requireMember('lastStepTier', _options.lastStepTier ?? AlarmTier.CRITICAL, AlarmTier);
    this._stepPercentages = [...stepPercentages].sort((a, b) => a - b);
  }
}

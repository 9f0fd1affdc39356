/**
 * Capacity of the reserved service tier. No API lists it, so it has to be named.
 */
export interface ReservedCapacity {
  /**
   * The model or system profile for which the capacity is reserved.
   */
  readonly modelId: string;

  /**
   * The reserved input tokens a minute.
   */
  readonly inputTokensPerMinute: number;

  /**
   * The reserved output tokens a minute.
   */
  readonly outputTokensPerMinute: number;

  /**
   * For how many months: 1 or 3.
   */
  readonly months: number;
}

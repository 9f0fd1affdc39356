/**
 * The service tier at which a call is billed.
 */
export enum ServiceTier {
  /**
   * On demand.
   */
  STANDARD = 'standard',

  /**
   * Batch inference.
   */
  BATCH = 'batch',

  /**
   * The flex tier: slower and cheaper.
   */
  FLEX = 'flex',

  /**
   * The priority tier: faster and dearer.
   */
  PRIORITY = 'priority',

  /**
   * Latency-optimized inference.
   */
  LATENCY = 'latency',

  /**
   * The fastest mode that a model has, where it has one with a price of its own.
   */
  ULTRAFAST = 'ultrafast',

  /**
   * Provisioned throughput, which is paid by the hour.
   */
  PROVISIONED = 'provisioned',

  /**
   * The reserved tier, which is paid by the capacity.
   */
  RESERVED = 'reserved',

  /**
   * Custom models.
   */
  CUSTOM = 'custom',
}

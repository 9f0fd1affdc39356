/**
 * How much `BedrockObservability` makes, in the words of the observability maturity model of AWS. Each level has all of those before it.
 *
 * A part that is given options of its own, such as `budgets`, is there at every level.
 */
export enum ObservabilityLevel {
  /**
   * What everybody needs on the first day: logging, cost of each call, ledger, prices, dashboards for FinOps and DevOps, and the
   * alarms that need no history.
   */
  BASIC = 'basic',

  /**
   * And tokens by type, alarms against the past of the account and over single calls, and dashboards for executives, developers
   * and security.
   */
  COMPREHENSIVE = 'comprehensive',

  /**
   * And a digest, every day and every week.
   */
  ADVANCED = 'advanced',
}

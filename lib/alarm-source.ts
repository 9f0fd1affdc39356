/**
 * Where the numbers of an alarm come from.
 */
export enum AlarmSource {
  /**
   * Metrics that AWS services publish, or that the cost meter publishes whatever is logged.
   */
  METADATA = 'metadata',

  /**
   * Metrics of the cost meter that exist only where prompts and answers are logged as text.
   */
  LOGGED_TEXT = 'loggedText',

  /**
   * Single calls in the ledger, read by `AlarmSignals`.
   */
  LEDGER = 'ledger',

  /**
   * Metrics of a week or more, read by `AlarmSignals`.
   */
  HISTORY = 'history',

  /**
   * Events of AWS CloudTrail, counted by `AlarmSignals`.
   */
  CLOUD_TRAIL = 'cloudTrail',

  /**
   * Spans of applications and agents, read by `AlarmSignals`.
   */
  SPANS = 'spans',

  /**
   * Metrics that an `AgentMeter` publishes.
   */
  AGENTS = 'agents',
}

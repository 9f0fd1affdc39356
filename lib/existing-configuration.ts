/**
 * What to do about an invocation logging configuration that the stack did not make.
 *
 * Bedrock has one per account and Region, so there is no way to have both.
 */
export enum ExistingConfiguration {
  /**
   * Fail the deployment with a message that shows the configuration, and leave it alone.
   */
  FAIL = 'fail',

  /**
   * Use the log group it delivers to, and change nothing.
   */
  ADOPT = 'adopt',

  /**
   * Replace it, and give it back when the stack is deleted.
   */
  REPLACE = 'replace',
}

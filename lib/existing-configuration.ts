/**
 * What happens to an invocation logging configuration that exists already and was not made by the stack.
 *
 * Bedrock has one configuration per account and Region, so the stack cannot add a second one.
 */
export enum ExistingConfiguration {
  /**
   * Fail the deployment with a message that shows the existing configuration, and do not change it.
   */
  FAIL = 'fail',

  /**
   * Use the log group of the existing configuration, and do not change it.
   */
  ADOPT = 'adopt',

  /**
   * Replace the existing configuration, and restore it when the stack is deleted.
   */
  REPLACE = 'replace',
}

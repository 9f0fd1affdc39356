import { FunctionOptions } from './function-options';

/**
 * What all constructs with functions have in common.
 */
export interface HandlerOptions {
  /**
   * How the functions run, for example in which VPC.
   *
   * @default - they run outside of any VPC of the account, and share its unreserved concurrency
   */
  readonly functions?: FunctionOptions;
}

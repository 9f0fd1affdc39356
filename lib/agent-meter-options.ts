import { RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AgentDimension } from './agent-dimension';
import { FunctionOptions } from './function-options';

/**
 * Choices about agents that do not depend on where costs come from.
 */
export interface AgentMeterOptions {
  /**
   * The log groups with the spans of agents: `aws/spans`, and the log group of each AgentCore runtime that writes its spans there. They
   * must exist when the stack is deployed.
   *
   * @default - `aws/spans`, which Transaction Search of CloudWatch creates
   */
  readonly spanLogGroups?: logs.ILogGroupRef[];

  /**
   * Dimensions by which metrics of agents are published, in addition to their totals. Each value of a dimension is a custom metric that
   * CloudWatch bills.
   *
   * @default - agent, operation, tool and model
   */
  readonly dimensions?: AgentDimension[];

  /**
   * How many values of each dimension are published at a time. Further values are added up under `other`.
   *
   * @default 50
   */
  readonly dimensionCap?: number;

  /**
   * How long agent lines are kept.
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly retention?: logs.RetentionDays;

  /**
   * The key that encrypts the agent lines and the dead letters. Dead letters are spans, with prompts and answers where these are on spans.
   *
   * @default - they are encrypted with keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to the agent lines when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * How the functions run, for example in which VPC.
   *
   * @default - they run outside of any VPC of the account, and share its unreserved concurrency
   */
  readonly functions?: FunctionOptions;
}

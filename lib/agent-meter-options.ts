import { RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AgentDimension } from './agent-dimension';
import { HandlerOptions } from './handler-options';

/**
 * Choices about agents that do not depend on where costs come from.
 */
export interface AgentMeterOptions extends HandlerOptions {
  /**
   * The log groups with the spans of agents: `aws/spans`, and the log group of each AgentCore runtime that writes its spans there. They
   * must exist when the stack is deployed.
   *
   * @default - `aws/spans`, which Transaction Search of CloudWatch creates
   */
  readonly spanLogGroups?: logs.ILogGroupRef[];

  /**
   * The log groups with the usage logs (`USAGE_LOGS`) of AgentCore: what each session used of its runtime, browser or code interpreter,
   * which becomes metrics and is added to the cost of sessions. `AgentCoreTelemetry` delivers them to its `logGroup`.
   *
   * @default - the cost of sessions is that of their models
   */
  readonly usageLogGroups?: logs.ILogGroupRef[];

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
}

import { RemovalPolicy } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AgentCoreEnvironmentOptions } from './agent-core-environment-options';
import { DataProtection } from './data-protection';
import { HandlerOptions } from './handler-options';
import { runtimeEnvironment } from './private/agent-core-environment';
import { sourcesOf } from './private/agent-core-sources';
import { requireArnHere, requireFindingsHere, requireSameEnvironment, requireSameRegion } from './private/handed-in';
import { KEPT } from './private/kept';
import { LogDeliveries } from './private/log-deliveries';
import { allowLogGroups } from './private/log-group-key';
import { newProtectedLogGroup } from './private/logging/protected-log-group';
import { setUpLogGroups } from './private/service-log-groups';
import { requireUsable } from './private/usable';

/**
 * Properties of AgentCoreTelemetry.
 */
export interface AgentCoreTelemetryProps extends HandlerOptions {
  /**
   * Runtimes: application logs, usage logs and spans.
   *
   * @default - none
   */
  readonly runtimes?: agentcore.IRuntimeRef[];

  /**
   * Gateways: application logs and spans.
   *
   * @default - none
   */
  readonly gateways?: agentcore.IGatewayRef[];

  /**
   * Memories: application logs and spans.
   *
   * @default - none
   */
  readonly memories?: agentcore.IMemoryRef[];

  /**
   * Browsers: usage logs.
   *
   * @default - none
   */
  readonly browsers?: agentcore.IBrowserCustomRef[];

  /**
   * Code interpreters: application logs and usage logs.
   *
   * @default - none
   */
  readonly codeInterpreters?: agentcore.ICodeInterpreterCustomRef[];

  /**
   * Identities of workloads: application logs and spans.
   *
   * @default - none
   */
  readonly workloadIdentities?: agentcore.IWorkloadIdentityRef[];

  /**
   * Whether spans are delivered, to X-Ray and, with Transaction Search, to the log group `aws/spans`.
   *
   * @default true
   */
  readonly spans?: boolean;

  /**
   * Further log groups that AgentCore makes by itself, for example those of evaluations, or of endpoints of runtimes other than
   * DEFAULT. They are set up as those of `runtimes` are.
   *
   * @default - those of the default endpoints of `runtimes`
   */
  readonly serviceLogGroups?: logs.ILogGroupRef[];

  /**
   * How long logs are kept, also in log groups that AgentCore makes by itself and that have no retention.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly retention?: logs.RetentionDays;

  /**
   * A key for the log group, and for those that AgentCore makes by itself and that have no key.
   *
   * @default - encrypted by CloudWatch Logs
   */
  readonly encryptionKey?: kms.IKeyRef;

  /**
   * What is masked in the logs, also in log groups that AgentCore makes by itself and that have no policy: those of runtimes hold
   * requests and answers. Findings in the latter are only counted.
   *
   * @default DataProtection.RECOMMENDED
   */
  readonly dataProtection?: DataProtection;

  /**
   * What becomes of the log group when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Delivers the logs and spans of AgentCore resources, which are off by default: of all given resources, of any stack of the
 * account and Region, into one log group and with one policy of each kind, since accounts take few.
 *
 * What a runtime delivers already, by `loggingConfigs` or `tracingEnabled`, is left as it is. The log groups that AgentCore makes
 * by itself get a retention, a key and masking where they have none, and keep what somebody else has set.
 */
export class AgentCoreTelemetry extends Construct {
  /**
   * Variables of the environment of a runtime: where its spans go, and in which form.
   *
   * @param scope a construct of the stack of the runtime
   * @param options where spans go
   */
  public static environmentFor(scope: Construct, options: AgentCoreEnvironmentOptions): Record<string, string> {
    return runtimeEnvironment(scope, options);
  }

  /**
   * The log group of all resources.
   */
  public readonly logGroup: logs.LogGroup;

  /**
   * The log groups that AgentCore makes by itself, of `runtimes` first. Runtimes that were created since July 2026 write their spans
   * to these: give them to `AgentMeter`. What uses them is deployed after they exist.
   */
  public readonly serviceLogGroups: logs.ILogGroup[];

  constructor(scope: Construct, id: string, props: AgentCoreTelemetryProps) {
    super(scope, id);
    const { retention = logs.RetentionDays.ONE_MONTH, encryptionKey, removalPolicy = KEPT, spans = true } = props;
    const { dataProtection = DataProtection.RECOMMENDED, runtimes = [], serviceLogGroups = [], functions } = props;
    const sources = sourcesOf(props);
    if (sources.length === 0) {
      throw new Error("'props' must name at least one resource, for example runtimes: [runtime], got none");
    }
    sources.forEach(({ prop, resource, arn }) => {
      requireSameEnvironment(this, prop, resource);
      requireArnHere(this, prop, arn);
    });
    serviceLogGroups.forEach((logGroup) => requireSameEnvironment(this, 'serviceLogGroups', logGroup));
    requireUsable(props);
    requireFindingsHere(this, props.dataProtection);
    requireSameRegion(this, 'encryptionKey', encryptionKey);
    if (encryptionKey) {
      allowLogGroups(this, encryptionKey, 'logs of AgentCore');
    }
    this.logGroup = newProtectedLogGroup(this, 'Logs', { dataProtection, retention, encryptionKey, removalPolicy });
    const deliveries = new LogDeliveries(this, this.logGroup);
    sources.forEach(({ resource, arn, kinds }) => {
      kinds.filter((kind) => spans || kind !== 'TRACES').forEach((kind) => deliveries.add(resource, arn, kind));
    });
    const made = [
      ...runtimes.map((of) => ({ of, name: `/aws/bedrock-agentcore/runtimes/${of.runtimeRef.agentRuntimeId}-DEFAULT` })),
      ...serviceLogGroups.map((of) => ({ of, name: of.logGroupRef.logGroupName })),
    ];
    this.serviceLogGroups = setUpLogGroups(this, made, { retention, encryptionKey, dataProtection, functions });
  }
}

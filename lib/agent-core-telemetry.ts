import { RemovalPolicy } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import { Construct, IConstruct } from 'constructs';
import { DataProtection } from './data-protection';
import { OtlpDestination } from './otlp-destination';
import { OtlpSignal } from './otlp-signal';
import { LogDeliveries } from './private/log-deliveries';
import { requireArnHere, requireSameEnvironment, requireSameRegion } from './private/handed-in';
import { KEPT } from './private/kept';
import { allowLogGroups } from './private/log-group-key';

/**
 * Properties of AgentCoreTelemetry.
 */
export interface AgentCoreTelemetryProps {
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
   * How long logs are kept.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly retention?: logs.RetentionDays;

  /**
   * A key for the log group.
   *
   * @default - encrypted by CloudWatch Logs
   */
  readonly encryptionKey?: kms.IKeyRef;

  /**
   * What is masked in the logs: those of runtimes hold requests and answers.
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
 * What a runtime delivers already, by `loggingConfigs` or `tracingEnabled`, is left as it is.
 */
export class AgentCoreTelemetry extends Construct {
  /**
   * The environment of a runtime that sends its spans elsewhere than to CloudWatch. Headers are refused, because the environment
   * of a runtime shows them in plain text.
   *
   * @param scope a construct of the stack of the runtime
   * @param destination where spans go
   */
  public static environmentFor(scope: Construct, destination: OtlpDestination): Record<string, string> {
    if (destination.headersSecret) {
      throw new Error(
        "'destination' must not have headers, because the environment of a runtime shows them in plain text: " +
          'send to a collector that adds them, with OtlpDestination.endpoint(…)',
      );
    }
    if (destination._isCloudWatch) {
      return {};
    }
    return { DISABLE_ADOT_OBSERVABILITY: 'true', ...destination._environment(scope, [OtlpSignal.TRACES]) };
  }

  /**
   * The log group of all resources.
   */
  public readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: AgentCoreTelemetryProps) {
    super(scope, id);
    const { retention = logs.RetentionDays.ONE_MONTH, encryptionKey, removalPolicy = KEPT, spans = true } = props;
    const { dataProtection = DataProtection.RECOMMENDED } = props;
    const sources = sourcesOf(props);
    if (sources.length === 0) {
      throw new Error("'props' must name at least one resource, for example runtimes: [runtime], got none");
    }
    sources.forEach(({ prop, resource, arn }) => {
      requireSameEnvironment(this, prop, resource);
      requireArnHere(this, prop, arn);
    });
    requireSameRegion(this, 'encryptionKey', encryptionKey);
    if (encryptionKey) {
      allowLogGroups(this, encryptionKey, 'logs of AgentCore');
    }
    this.logGroup = new logs.LogGroup(this, 'Logs', {
      retention,
      encryptionKey,
      removalPolicy,
      dataProtectionPolicy: dataProtection.policy,
    });
    const deliveries = new LogDeliveries(this, this.logGroup);
    sources.forEach(({ resource, arn, kinds }) => {
      kinds.filter((kind) => spans || kind !== 'TRACES').forEach((kind) => deliveries.add(resource, arn, kind));
    });
  }
}

/** What each kind of resource can deliver: "AgentCore generated observability data" in the developer guide of Amazon Bedrock AgentCore. */
const APPLICATION = ['APPLICATION_LOGS', 'TRACES'] as const;
const TOOL = ['APPLICATION_LOGS', 'USAGE_LOGS'] as const;
const RUNTIME = ['APPLICATION_LOGS', 'USAGE_LOGS', 'TRACES'] as const;

interface Source {
  readonly prop: string;
  readonly resource: IConstruct & IEnvironmentAware;
  readonly arn: string;
  readonly kinds: readonly string[];
}

function sourcesOf(props: AgentCoreTelemetryProps): Source[] {
  const { runtimes = [], gateways = [], memories = [], browsers = [], codeInterpreters = [], workloadIdentities = [] } = props;
  return [
    ...runtimes.map((resource) => ({ prop: 'runtimes', resource, arn: resource.runtimeRef.agentRuntimeArn, kinds: RUNTIME })),
    ...gateways.map((resource) => ({ prop: 'gateways', resource, arn: resource.gatewayRef.gatewayArn, kinds: APPLICATION })),
    ...memories.map((resource) => ({ prop: 'memories', resource, arn: resource.memoryRef.memoryArn, kinds: APPLICATION })),
    ...browsers.map((resource) => ({ prop: 'browsers', resource, arn: resource.browserCustomRef.browserArn, kinds: ['USAGE_LOGS'] })),
    ...codeInterpreters.map((resource) => ({
      prop: 'codeInterpreters',
      resource,
      arn: resource.codeInterpreterCustomRef.codeInterpreterArn,
      kinds: TOOL,
    })),
    ...workloadIdentities.map((resource) => ({
      prop: 'workloadIdentities',
      resource,
      arn: resource.workloadIdentityRef.workloadIdentityArn,
      kinds: APPLICATION,
    })),
  ];
}

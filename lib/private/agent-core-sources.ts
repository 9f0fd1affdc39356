import { IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import { IConstruct } from 'constructs';
import type { AgentCoreTelemetryProps } from '../agent-core-telemetry';

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

/** The resources whose logs and spans are delivered, of all kinds. */
export function sourcesOf(props: AgentCoreTelemetryProps): Source[] {
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

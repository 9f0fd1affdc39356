import { READ_KEYS, TOOL_INPUT_KEYS } from '../../../engine/agents/span-keys';
import { NEXT_SPAN_ATTRIBUTES, OpenInferenceAttributes, SpanAttributes } from '../../../engine/telemetry/span-attributes';

/** What texts stand in, though this library reads or writes it. */
const TEXTS: readonly string[] = [...TOOL_INPUT_KEYS.names, OpenInferenceAttributes.INPUT, OpenInferenceAttributes.OUTPUT];

/** Facts of the request, its service and its host that neither this library nor its command line reads. */
const FACTS: readonly string[] = [
  ...['gen_ai.request.top_k', 'gen_ai.request.seed', 'gen_ai.request.choice.count', 'gen_ai.output.type', 'gen_ai.token.type'],
  ...['gen_ai.tool.call.id', 'gen_ai.agent.version', 'gen_ai.workflow.name', 'gen_ai.memory.id', 'gen_ai.evaluation.name'],
  ...['gen_ai.usage.reasoning.output_tokens', 'llm.token_count.completion_details.reasoning', 'operation.cost'],
  ...['rpc.system', 'http.response.status_code', 'http.status_code', 'server.port', 'network.protocol.version'],
  ...['aws.local.service', 'aws.local.environment', 'aws.remote.service', 'aws.remote.operation', 'aws.service.type'],
  ...['aws.log.group.names', 'aws.local.operation', 'aws.span.kind', 'PlatformType', 'faas.name', 'faas.coldstart', 'faas.invocation_id'],
  ...['service.namespace', 'service.version', 'service.instance.id', 'deployment.environment.name', 'deployment.environment'],
  ...['cloud.provider', 'cloud.platform', 'cloud.account.id', 'cloud.availability_zone', 'k8s.namespace.name', 'k8s.pod.name'],
  ...['k8s.deployment.name', 'k8s.cluster.name', 'container.id', 'host.name', 'telemetry.sdk.language', 'telemetry.sdk.name'],
  ...['telemetry.sdk.version', 'telemetry.distro.name', 'telemetry.distro.version', 'process.runtime.name', 'process.runtime.version'],
  ...['team', 'otel.status_code'],
];

/**
 * The attributes that leave the gateway: what the meter of agents and `traces` read, what the trace modules write, and facts. An
 * allow-list, because libraries put texts under names that no list of forbidden ones knows.
 */
export const ALLOWED_ATTRIBUTES: readonly string[] = [
  ...new Set([
    ...READ_KEYS,
    ...Object.values(SpanAttributes),
    ...Object.values(NEXT_SPAN_ATTRIBUTES),
    ...Object.values(OpenInferenceAttributes),
    ...FACTS,
  ]),
]
  .filter((key) => !TEXTS.includes(key))
  .sort();

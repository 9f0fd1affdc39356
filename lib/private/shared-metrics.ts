import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';
import { BEDROCK_NAMESPACE } from './bedrock-namespace';

/** What accounts share, and nothing else: no log group and no trace. */
export const METRIC_RESOURCE_TYPE = 'AWS::CloudWatch::Metric';

/** The namespaces of Bedrock and of this library. */
export const SHARED_NAMESPACES = [
  BEDROCK_NAMESPACE,
  `${BEDROCK_NAMESPACE}/Guardrails`,
  'AWS/BedrockMantle',
  'AWS/Bedrock-AgentCore',
  DEFAULT_NAMESPACE,
];

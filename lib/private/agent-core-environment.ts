import { Construct } from 'constructs';
import type { AgentCoreEnvironmentOptions } from '../agent-core-environment-options';
import { OtlpSignal } from '../otlp-signal';

/**
 * Variables of a runtime of AgentCore: "Telemetry setup and delivery" in the developer guide of Amazon Bedrock AgentCore.
 *
 * @throws for what would show credentials, or have no effect
 */
export function runtimeEnvironment(scope: Construct, { destination, unifiedSpans }: AgentCoreEnvironmentOptions): Record<string, string> {
  if (destination?.headersSecret) {
    throw new Error(
      "'destination' must not have headers, because the environment of a runtime shows them in plain text: " +
        'send to a collector that adds them, with OtlpDestination.endpoint(…)',
    );
  }
  if (destination === undefined || destination._isCloudWatch) {
    return unifiedSpans === undefined ? {} : { UNIFIED_TRACES_DESTINATION_ENABLED: String(unifiedSpans) };
  }
  if (unifiedSpans !== undefined) {
    throw new Error("'unifiedSpans' is about log groups of CloudWatch, and 'destination' is elsewhere: leave one of them out");
  }
  return { DISABLE_ADOT_OBSERVABILITY: 'true', ...destination._environment(scope, [OtlpSignal.TRACES]) };
}

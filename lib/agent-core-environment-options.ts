import { OtlpDestination } from './otlp-destination';

/**
 * Options of `AgentCoreTelemetry.environmentFor`.
 */
export interface AgentCoreEnvironmentOptions {
  /**
   * Where the spans of the runtime go. Elsewhere than to CloudWatch, the way of AgentCore is switched off
   * (`DISABLE_ADOT_OBSERVABILITY`), and the runtime sends by the OpenTelemetry of its own image. Headers are refused, because the
   * environment of a runtime shows them in plain text.
   *
   * @default - CloudWatch
   */
  readonly destination?: OtlpDestination;

  /**
   * Whether spans are in the log group of the runtime, with prompts and answers on them, or in `aws/spans`, with these in records of
   * their own. The former needs ADOT from 0.18 in the image, and `logs:PutResourcePolicy` in the role of the runtime.
   *
   * @default - as AgentCore decides: true for runtimes that were created since 20 July 2026
   */
  readonly unifiedSpans?: boolean;
}

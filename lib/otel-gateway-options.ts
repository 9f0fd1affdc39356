import { OtelGatewaySampling } from './otel-gateway-sampling';
import { OtlpDestination } from './otlp-destination';

/**
 * What a gateway does with telemetry, wherever it runs.
 */
export interface OtelGatewayOptions {
  /**
   * Where spans and metrics go. The text of a secret with headers is a JSON object, as `headersJson` of the destination says.
   */
  readonly destinations: OtlpDestination[];

  /**
   * Attributes that are kept beside those that the library knows to hold no text. They may hold text.
   *
   * @default - none
   */
  readonly attributes?: string[];

  /**
   * Attributes of the resource that all spans and metrics get, for example `{ 'deployment.environment.name': 'prod' }`.
   *
   * @default - none
   */
  readonly resourceAttributes?: Record<string, string>;

  /**
   * The characters that are kept of a text.
   *
   * @default 256
   */
  readonly maxAttributeLength?: number;

  /**
   * Regular expressions (RE2). What matches them in a kept attribute becomes `****`.
   *
   * @default - addresses of mail, access keys of AWS and US social security numbers
   */
  readonly blockedValues?: string[];

  /**
   * Which traces destinations other than CloudWatch get. CloudWatch gets all of them, because meters and alarms count them.
   *
   * @default - all
   */
  readonly sampling?: OtelGatewaySampling;

  /**
   * Whether the gateway publishes `genai.calls` and `genai.duration`, counted from all spans before sampling, by provider,
   * operation, model and type of error.
   *
   * @default false
   */
  readonly spanMetrics?: boolean;

  /**
   * The memory of the machine or container in MiB, of which the gateway uses up to 70 %. It refuses telemetry above, and senders
   * try again.
   *
   * @default 1024
   */
  readonly memoryLimitMiB?: number;
}

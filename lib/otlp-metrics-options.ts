import { OtlpDestination } from './otlp-destination';

/**
 * How a cost meter sends its metrics over the OpenTelemetry Protocol (OTLP).
 */
export interface OtlpMetricsOptions {
  /**
   * Where metrics go. It must take metrics, over HTTP.
   */
  readonly destination: OtlpDestination;

  /**
   * Whether the prices of the models in use are sent too, as the gauge `gen_ai_model_price`: USD for a token or a unit, by model, kind
   * and tier.
   *
   * @default false
   */
  readonly modelPrices?: boolean;

  /**
   * Whether metrics are published in CloudWatch as well, where dashboards, alarms, budgets and signals of this library read them.
   *
   * @default true
   */
  readonly embeddedMetrics?: boolean;
}

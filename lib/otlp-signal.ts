/**
 * The kinds of telemetry that OpenTelemetry sends.
 */
export enum OtlpSignal {
  /**
   * Spans.
   */
  TRACES = 'traces',

  /**
   * Metrics.
   */
  METRICS = 'metrics',

  /**
   * Log records.
   */
  LOGS = 'logs',
}

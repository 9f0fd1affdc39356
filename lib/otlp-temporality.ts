/**
 * Whether sums are sent since the start of the process or since the last time.
 */
export enum OtlpTemporality {
  /**
   * Since the last time. CloudWatch takes it, and it is right for functions, of which many are short-lived.
   */
  DELTA = 'delta',

  /**
   * Since the start of the process. Prometheus and Grafana take nothing else.
   */
  CUMULATIVE = 'cumulative',
}

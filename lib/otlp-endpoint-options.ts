import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { OtlpProtocol } from './otlp-protocol';
import { OtlpSignal } from './otlp-signal';
import { OtlpTemporality } from './otlp-temporality';

/**
 * Options of `OtlpDestination.endpoint`.
 */
export interface OtlpEndpointOptions {
  /**
   * The secret whose text is the headers, in the form `name=value,name=value` with percent-encoded values.
   *
   * @default - no headers
   */
  readonly headersSecret?: secretsmanager.ISecret;

  /**
   * How telemetry is sent.
   *
   * @default OtlpProtocol.HTTP_PROTOBUF
   */
  readonly protocol?: OtlpProtocol;

  /**
   * How sums are sent.
   *
   * @default OtlpTemporality.CUMULATIVE
   */
  readonly temporality?: OtlpTemporality;

  /**
   * What the destination takes.
   *
   * @default - all three
   */
  readonly signals?: OtlpSignal[];
}

/**
 * How telemetry is sent. JSON over HTTP is left out: the ADOT layer for Node.js ends with an error at start when it is set.
 */
export enum OtlpProtocol {
  /**
   * Protocol Buffers over HTTP.
   */
  HTTP_PROTOBUF = 'http/protobuf',

  /**
   * GRPC.
   */
  GRPC = 'grpc',
}

import type { OtlpDestination } from '../../otlp-destination';
import { OtlpProtocol } from '../../otlp-protocol';
import { OtlpSignal } from '../../otlp-signal';

/** A destination under the name that it has in the configuration. */
export interface NamedDestination {
  readonly name: string;
  readonly destination: OtlpDestination;
}

export const namedDestinations = (destinations: readonly OtlpDestination[]): NamedDestination[] =>
  destinations.map((destination, index) => ({ name: `destination${index + 1}`, destination }));

/** The variable with the headers of a destination, as a JSON object. */
export const headersVariable = (name: string): string => `${name.toUpperCase()}_HEADERS`;

/** The OTLP endpoints of CloudWatch: the SigV4 service of each signal is the first part of its host. */
const SERVICES: Readonly<Record<OtlpSignal, string>> = {
  [OtlpSignal.TRACES]: 'xray',
  [OtlpSignal.METRICS]: 'monitoring',
  [OtlpSignal.LOGS]: 'logs',
};

/** "Limits" of the CloudWatch OTLP endpoints: 5 MB for spans, 1,000 data points. Other backends take 4 MB, the limit of gRPC. */
const MAX_BYTES = 4_000_000;
const MAX_DATA_POINTS = 900;

/** Signing, for destinations that are CloudWatch. */
export const signers = (destinations: readonly NamedDestination[], signals: readonly OtlpSignal[]): Record<string, object> =>
  destinations.some(({ destination }) => destination._isCloudWatch)
    ? Object.fromEntries(
        signals.map((signal) => [`sigv4auth/${SERVICES[signal]}`, { region: '${env:AWS_REGION}', service: SERVICES[signal] }]),
      )
    : {};

/** The name of the exporter of a signal: each has its own queue, whose batches have the unit of its limit. */
export function exporterName({ name, destination }: NamedDestination, signal: OtlpSignal): string {
  const kind = destination._protocol === OtlpProtocol.GRPC ? 'otlp_grpc' : 'otlp_http';
  return `${kind}/${name}_${signal}`;
}

export function exporter(named: NamedDestination, signal: OtlpSignal, queueBytes: number): object {
  const { name, destination } = named;
  const isCloudWatch = destination._isCloudWatch;
  const isGrpc = destination._protocol === OtlpProtocol.GRPC;
  const endpoint = destination._endpoint(signal, '${env:AWS_REGION}.${env:AWS_URL_SUFFIX:-amazonaws.com}');
  return {
    [isGrpc ? 'endpoint' : `${signal}_endpoint`]: endpoint,
    ...(isCloudWatch && { auth: { authenticator: `sigv4auth/${SERVICES[signal]}` } }),
    // Without the variable the collector must not start, and send without credentials: a text is refused where headers belong.
    ...(destination.headersSecret && { headers: `\${env:${headersVariable(name)}:-missing}` }),
    sending_queue: isCloudWatch && signal === OtlpSignal.METRICS ? pointQueue() : byteQueue(queueBytes),
    retry_on_failure: { enabled: true, max_elapsed_time: '120s' },
  };
}

const byteQueue = (queueBytes: number): object => ({
  enabled: true,
  num_consumers: 4,
  sizer: 'bytes',
  queue_size: queueBytes,
  batch: { flush_timeout: '5s', sizer: 'bytes', min_size: 1_000_000, max_size: MAX_BYTES },
});

const pointQueue = (): object => ({
  enabled: true,
  num_consumers: 2,
  sizer: 'items',
  queue_size: 100_000,
  batch: { flush_timeout: '10s', sizer: 'items', min_size: 200, max_size: MAX_DATA_POINTS },
});

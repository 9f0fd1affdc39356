import { Duration } from 'aws-cdk-lib';
import type { OtelGatewayOptions } from '../../otel-gateway-options';
import type { OtelGatewaySampling } from '../../otel-gateway-sampling';
import { OtlpSignal } from '../../otlp-signal';
import { OtlpTemporality } from '../../otlp-temporality';
import { exporter, exporterName, type NamedDestination, namedDestinations, signers } from './exporters';
import { METRIC_SCRUBBERS, scrubbers, SCRUBBERS } from './scrubbing';

/** The ports of the OTLP specification, and the one of the extension `health_check`. */
export const PORTS = { grpc: 4317, http: 4318, health: 13133 } as const;

/** What an application may send at once: 512 spans, the default of the SDKs, with prompts of 32,000 characters are about 30 MB. */
const MAX_REQUEST_MIB = 32;

const SPAN_METRICS = 'span_metrics';
const TAKEN = [OtlpSignal.TRACES, OtlpSignal.METRICS] as const;

interface Pipeline {
  readonly receivers: readonly string[];
  readonly processors: readonly string[];
  readonly exporters: readonly string[];
}

/**
 * The configuration of the OpenTelemetry Collector. Each destination has a pipeline for each signal, so that what one asks for,
 * as sampling or attributes of the resource, does not change what another gets.
 */
export function collectorConfiguration(options: OtelGatewayOptions): object {
  const { sampling, spanMetrics = false, memoryLimitMiB = 1024 } = options;
  const destinations = namedDestinations(options.destinations);
  const sent = destinations.flatMap((named) =>
    TAKEN.filter((signal) => named.destination.signals.includes(signal)).map((signal) => ({ named, signal })),
  );
  // What waits for destinations that are slow takes a third of the memory.
  const queueBytes = Math.floor((memoryLimitMiB * 1024 * 1024) / 3 / sent.length);
  const sign = signers(
    destinations,
    TAKEN.filter((signal) => sent.some((each) => each.signal === signal && each.named.destination._isCloudWatch)),
  );
  return {
    extensions: { health_check: { endpoint: `0.0.0.0:${PORTS.health}` }, ...sign },
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `0.0.0.0:${PORTS.grpc}`, max_recv_msg_size_mib: MAX_REQUEST_MIB },
          http: { endpoint: `0.0.0.0:${PORTS.http}`, max_request_body_size: MAX_REQUEST_MIB * 1024 * 1024 },
        },
      },
    },
    processors: {
      memory_limiter: {
        check_interval: '1s',
        limit_mib: Math.floor(memoryLimitMiB * 0.7),
        spike_limit_mib: Math.floor(memoryLimitMiB * 0.15),
      },
      ...scrubbers(options),
      ...ownResources(destinations),
      ...(sampling && { tail_sampling: tailSampling(sampling) }),
      ...temporalities(sent),
    },
    ...(spanMetrics && { connectors: { [SPAN_METRICS]: SPAN_METRICS_CONFIGURATION } }),
    exporters: Object.fromEntries(sent.map(({ named, signal }) => [exporterName(named, signal), exporter(named, signal, queueBytes)])),
    service: {
      extensions: ['health_check', ...Object.keys(sign)],
      telemetry: { logs: { level: 'info', encoding: 'json' }, metrics: { level: 'none' } },
      pipelines: Object.fromEntries([
        ...sent.map(({ named, signal }) => [`${signal}/${named.name}`, pipeline(named, signal, options)] as const),
        ...(spanMetrics
          ? [['traces/counted', { receivers: ['otlp'], processors: ['memory_limiter', ...SCRUBBERS], exporters: [SPAN_METRICS] }] as const]
          : []),
      ]),
    },
  };
}

interface Sent {
  readonly named: NamedDestination;
  readonly signal: OtlpSignal;
}

function pipeline(named: NamedDestination, signal: OtlpSignal, { sampling, spanMetrics }: OtelGatewayOptions): Pipeline {
  const { destination, name } = named;
  const own = Object.keys(destination._resourceAttributes).length > 0 ? [`resource/${name}`] : [];
  const exporters = [exporterName(named, signal)];
  if (signal === OtlpSignal.TRACES) {
    const sampler = sampling && !destination._isCloudWatch ? ['tail_sampling'] : [];
    return { receivers: ['otlp'], processors: ['memory_limiter', ...SCRUBBERS, ...own, ...sampler], exporters };
  }
  const receivers = ['otlp', ...(spanMetrics ? [SPAN_METRICS] : [])];
  return { receivers, processors: ['memory_limiter', ...METRIC_SCRUBBERS, ...own, ...CONVERTERS[destination.temporality]], exporters };
}

/** What becomes a cumulative sum here is one of this collector: with the same labels, those of others would be taken for resets. */
const INSTANCE = 'transform/instance';

/** Sums in the form that a destination takes, whatever the application sends. */
const CONVERTERS: Readonly<Record<OtlpTemporality, readonly string[]>> = {
  [OtlpTemporality.DELTA]: ['cumulativetodelta'],
  [OtlpTemporality.CUMULATIVE]: [INSTANCE, 'deltatocumulative'],
};

const CONFIGURATIONS: Readonly<Record<string, object>> = {
  [INSTANCE]: {
    error_mode: 'ignore',
    metric_statements: [
      {
        context: 'datapoint',
        statements: [
          'set(datapoint.attributes["collector.instance.id"], "${env:HOSTNAME:-collector}") ' +
            'where metric.aggregation_temporality == AGGREGATION_TEMPORALITY_DELTA',
        ],
      },
    ],
  },
};

const temporalities = (sent: readonly Sent[]): Record<string, object> =>
  Object.fromEntries(
    sent
      .filter(({ signal }) => signal === OtlpSignal.METRICS)
      .flatMap(({ named }) => CONVERTERS[named.destination.temporality].map((name) => [name, CONFIGURATIONS[name] ?? {}])),
  );

/** Attributes of the resource that one destination asks for. */
const ownResources = (destinations: readonly NamedDestination[]): Record<string, object> =>
  Object.fromEntries(
    destinations.flatMap(({ name, destination }) => {
      const attributes = Object.entries(destination._resourceAttributes).map(([key, value]) => ({ key, value, action: 'upsert' }));
      return attributes.length > 0 ? [[`resource/${name}`, { attributes }]] : [];
    }),
  );

function tailSampling(sampling: OtelGatewaySampling): object {
  const { percentage, slowerThan = Duration.seconds(15), moreOutputTokensThan = 4000, decisionAfter = Duration.seconds(30) } = sampling;
  const tokens = { key: 'gen_ai.usage.output_tokens', min_value: moreOutputTokensThan + 1, max_value: 1_000_000_000 };
  return {
    decision_wait: `${decisionAfter.toSeconds()}s`,
    num_traces: 20_000,
    expected_new_traces_per_sec: 100,
    decision_cache: { sampled_cache_size: 40_000, non_sampled_cache_size: 40_000 },
    policies: [
      { name: 'errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } },
      { name: 'slow', type: 'latency', latency: { threshold_ms: slowerThan.toMilliseconds() } },
      { name: 'large', type: 'numeric_attribute', numeric_attribute: tokens },
      { name: 'rest', type: 'probabilistic', probabilistic: { sampling_percentage: percentage } },
    ],
  };
}

const SPAN_METRICS_CONFIGURATION: object = {
  namespace: 'genai',
  histogram: { explicit: { buckets: ['100ms', '250ms', '500ms', '1s', '2s', '4s', '8s', '16s', '32s', '64s', '128s', '256s'] } },
  dimensions: ['gen_ai.provider.name', 'gen_ai.operation.name', 'gen_ai.request.model', 'error.type'].map((name) => ({ name })),
  // Names of spans have many values.
  exclude_dimensions: ['span.name'],
  aggregation_temporality: 'AGGREGATION_TEMPORALITY_DELTA',
  aggregation_cardinality_limit: 2000,
  metrics_flush_interval: '60s',
};

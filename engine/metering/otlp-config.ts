import { type Environment, readPositive } from '../environment';

/** Where metrics are sent over OTLP, and how. */
export interface OtlpConfig {
  /** The address to which metrics are posted. */
  readonly endpoint: string;
  readonly temporality: 'delta' | 'cumulative';
  /** The secret whose text is the headers. */
  readonly headersSecretArn?: string;
  /** The Region for which requests are signed, where they are. */
  readonly signingRegion?: string;
  readonly resourceAttributes: Readonly<Record<string, string>>;
  /** Whether the prices of the models in use are sent too. */
  readonly modelPrices: boolean;
  /** How long a batch waits for the destination, in milliseconds. */
  readonly timeoutMs: number;
}

/** Whatever happens at the destination, a batch waits less than a second for it. */
const TIMEOUT_MS = 900;

export function readOtlpConfig(env: Environment): OtlpConfig | undefined {
  const endpoint = env.OTLP_METRICS_ENDPOINT;
  if (!endpoint) {
    return undefined;
  }
  const temporality = env.OTLP_TEMPORALITY || 'cumulative';
  if (temporality !== 'delta' && temporality !== 'cumulative') {
    throw new Error(`'OTLP_TEMPORALITY' must be delta or cumulative, got '${temporality}'`);
  }
  return {
    endpoint,
    temporality,
    headersSecretArn: env.OTLP_HEADERS_SECRET_ARN || undefined,
    signingRegion: env.OTLP_SIGNING_REGION || undefined,
    resourceAttributes: resourceOf(env),
    modelPrices: env.OTLP_MODEL_PRICES === 'on',
    timeoutMs: readPositive(env, 'OTLP_TIMEOUT_MS', TIMEOUT_MS),
  };
}

/** The names of OpenTelemetry's conventions for functions. Each running copy is an instance: only one writer may have a series. */
function resourceOf(env: Environment): Record<string, string> {
  const { AWS_LAMBDA_FUNCTION_NAME: name = 'cost-meter', AWS_REGION: region, AWS_LAMBDA_LOG_STREAM_NAME: instance } = env;
  return {
    'service.name': name,
    'cloud.provider': 'aws',
    ...(region && { 'cloud.region': region }),
    ...(instance && { 'service.instance.id': instance }),
  };
}

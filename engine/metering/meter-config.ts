import { DEFAULT_NAMESPACE } from '../telemetry/names';

/** What the meter is told by its environment. */
export interface MeterConfig {
  readonly namespace: string;
  readonly ledger: boolean;
  /** Keys of the request metadata that may go to the ledger. */
  readonly metadataKeys: readonly string[];
  /** Extra metric dimensions: `caller`, or the key of a request metadata entry. */
  readonly dimensions: readonly DimensionSource[];
  readonly dimensionCap: number;
  readonly promptHashSecretArn?: string;
  /** Where the refreshed price catalogue is. */
  readonly catalogue?: S3Object;
  /** The user's own prices: as JSON, or where they are. */
  readonly overrides?: string | S3Object;
}

export interface S3Object {
  readonly bucket: string;
  readonly key: string;
}

export type DimensionSource = { readonly kind: 'caller' } | { readonly kind: 'metadata'; readonly key: string };

const list = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

export function readMeterConfig(env: Readonly<Record<string, string | undefined>>): MeterConfig {
  const ledger = env.LEDGER || 'none';
  if (ledger !== 'none' && ledger !== 'perCall') {
    throw new Error(`'LEDGER' must be none or perCall, got '${ledger}'`);
  }
  const dimensionCap = Number(env.DIMENSION_CAP || 50);
  if (!Number.isInteger(dimensionCap) || dimensionCap < 1 || dimensionCap > 1000) {
    throw new Error(`'DIMENSION_CAP' must be a whole number from 1 to 1000, got '${env.DIMENSION_CAP}'`);
  }
  return {
    namespace: env.METRICS_NAMESPACE || DEFAULT_NAMESPACE,
    ledger: ledger === 'perCall',
    metadataKeys: list(env.METADATA_KEYS),
    dimensions: [...new Set(list(env.DIMENSIONS))].map(dimensionSource),
    dimensionCap,
    promptHashSecretArn: env.PROMPT_HASH_SECRET_ARN || undefined,
    catalogue: s3Object(env.CATALOGUE_BUCKET, env.CATALOGUE_KEY),
    overrides: env.PRICE_OVERRIDES || s3Object(env.PRICE_OVERRIDES_BUCKET, env.PRICE_OVERRIDES_KEY),
  };
}

function s3Object(bucket: string | undefined, key: string | undefined): S3Object | undefined {
  return bucket && key ? { bucket, key } : undefined;
}

function dimensionSource(name: string): DimensionSource {
  if (name === 'caller') {
    return { kind: 'caller' };
  }
  if (name.startsWith('meta:') && name.length > 'meta:'.length) {
    return { kind: 'metadata', key: name.slice('meta:'.length) };
  }
  throw new Error(`'DIMENSIONS' must hold caller or meta:KEY, got '${name}'`);
}

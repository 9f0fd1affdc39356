import { type Environment, readList, readPositive } from '../environment';
import { type OtlpConfig, readOtlpConfig } from './otlp-config';
import { capForDimensions, DEFAULT_NAMESPACE, DIMENSION_CAP } from '../telemetry/names';

/** What the environment says about metering. */
export interface MeterConfig {
  readonly namespace: string;
  /** Whether there are ledger lines, in the log or in a table. */
  readonly ledger: boolean;
  /** Whether they are written to the log. */
  readonly ledgerLogged: boolean;
  /** The delivery stream of Amazon Data Firehose that writes them to a table. */
  readonly ledgerStream?: string;
  /** Whether tokens, and what they cost, are published by their type. */
  readonly tokenTypes: boolean;
  /** Whether metrics are written in the embedded metric format. */
  readonly emf: boolean;
  /** Where metrics are also sent over OTLP. */
  readonly otlp?: OtlpConfig;
  /** Keys of the request metadata that may go to the ledger. */
  readonly metadataKeys: readonly string[];
  /** Extra metric dimensions: a fact of the call, or the key of a request metadata entry. */
  readonly dimensions: readonly DimensionSource[];
  readonly dimensionCap: number;
  readonly promptHashSecretArn?: string;
  /** Where the refreshed price catalogue is. */
  readonly catalogue?: S3Object;
  /** The user's own prices: as JSON, or where they are. */
  readonly overrides?: string | S3Object;
  /** The user's own models behind ARNs: as JSON, or where they are. */
  readonly profileModels?: string | S3Object;
  /** The role that is assumed in other accounts for their profiles, and the account in which it is not. */
  readonly profileRole?: { readonly name: string; readonly ownAccount: string };
  /** How long one look-up may take, and all optional ones of a batch, in milliseconds. The function has two minutes for a batch. */
  readonly lookUpMs: { readonly each: number; readonly batch: number };
}

export interface S3Object {
  readonly bucket: string;
  readonly key: string;
}

/** The facts of a call that can be a dimension. */
const FACTS = ['caller', 'role', 'profile', 'account', 'region'] as const;

export type DimensionSource = { readonly kind: (typeof FACTS)[number] } | { readonly kind: 'metadata'; readonly key: string };

export function readMeterConfig(env: Environment): MeterConfig {
  const dimensions = [...new Set(readList(env, 'DIMENSIONS'))].map(dimensionSource);
  return {
    namespace: env.METRICS_NAMESPACE || DEFAULT_NAMESPACE,
    ...readLedger(env),
    tokenTypes: env.TOKEN_TYPES !== 'none',
    emf: env.EMBEDDED_METRICS !== 'none',
    otlp: readOtlpConfig(env),
    metadataKeys: readList(env, 'METADATA_KEYS'),
    dimensions,
    dimensionCap: readDimensionCap(env, dimensions.length),
    promptHashSecretArn: env.PROMPT_HASH_SECRET_ARN || undefined,
    catalogue: s3Object(env.CATALOGUE_BUCKET, env.CATALOGUE_KEY),
    overrides: env.PRICE_OVERRIDES || s3Object(env.PRICE_OVERRIDES_BUCKET, env.PRICE_OVERRIDES_KEY),
    profileModels: env.PROFILE_MODELS || s3Object(env.PROFILE_MODELS_BUCKET, env.PROFILE_MODELS_KEY),
    profileRole: readProfileRole(env),
    lookUpMs: { each: readPositive(env, 'LOOK_UP_MS', 4000), batch: readPositive(env, 'LOOK_UPS_OF_BATCH_MS', 12_000) },
  };
}

function readProfileRole({ PROFILE_ROLE_NAME: name, ACCOUNT_ID: ownAccount }: Environment): MeterConfig['profileRole'] {
  return name && ownAccount ? { name, ownAccount } : undefined;
}

function readLedger(env: Environment): Pick<MeterConfig, 'ledger' | 'ledgerLogged' | 'ledgerStream'> {
  const ledger = env.LEDGER || 'none';
  const ledgerStream = env.LEDGER_STREAM || undefined;
  if (ledger !== 'none' && ledger !== 'perCall' && ledger !== 'table') {
    throw new Error(`'LEDGER' must be none, perCall or table, got '${ledger}'`);
  }
  if (ledger === 'table' && ledgerStream === undefined) {
    throw new Error("'LEDGER_STREAM' must name the delivery stream of the table, got none");
  }
  return { ledger: ledger !== 'none', ledgerLogged: ledger === 'perCall', ledgerStream };
}

/** A cap that is known only at the deployment is not checked at synth. One that is too large is cut: a batch must not fail for it. */
function readDimensionCap(env: Environment, dimensions: number): number {
  const cap = Number(env.DIMENSION_CAP || DIMENSION_CAP.DEFAULT);
  if (!Number.isInteger(cap) || cap < 1) {
    throw new Error(`'DIMENSION_CAP' must be a whole number from 1 to ${DIMENSION_CAP.MAX}, got '${env.DIMENSION_CAP}'`);
  }
  return Math.min(cap, capForDimensions(dimensions));
}

function s3Object(bucket: string | undefined, key: string | undefined): S3Object | undefined {
  return bucket && key ? { bucket, key } : undefined;
}

function dimensionSource(name: string): DimensionSource {
  const kind = FACTS.find((fact) => fact === name);
  if (kind) {
    return { kind };
  }
  if (name.startsWith('meta:') && name.length > 'meta:'.length) {
    return { kind: 'metadata', key: name.slice('meta:'.length) };
  }
  throw new Error(`'DIMENSIONS' must hold ${FACTS.join(', ')} or meta:KEY, got '${name}'`);
}

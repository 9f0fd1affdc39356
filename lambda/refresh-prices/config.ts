import { PUBLIC_PRICE_LIST } from '../../engine/price-list/price-list';
import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';

/** The environment variables of the function. */
export interface RefreshConfig {
  readonly namespace: string;
  readonly region: string;
  readonly priceListUrl: string;
  readonly bucket: string;
  readonly key: string;
}

export function readRefreshConfig(env: Readonly<Record<string, string | undefined>>): RefreshConfig {
  const required = (name: string): string => {
    const value = env[name];
    if (!value) throw new Error(`'${name}' must be set`);
    return value;
  };
  return {
    namespace: env.METRICS_NAMESPACE || DEFAULT_NAMESPACE,
    region: required('AWS_REGION'),
    priceListUrl: env.PRICE_LIST_URL || PUBLIC_PRICE_LIST,
    bucket: required('CATALOGUE_BUCKET'),
    key: required('CATALOGUE_KEY'),
  };
}

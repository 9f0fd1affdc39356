import { type Environment, readRequired } from '../../engine/environment';
import { PUBLIC_PRICE_LIST } from '../../engine/price-list/price-list';
import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';

/** What the environment says about the refresh. */
export interface RefreshConfig {
  readonly namespace: string;
  readonly region: string;
  readonly priceListUrl: string;
  readonly bucket: string;
  readonly key: string;
}

export function readRefreshConfig(env: Environment): RefreshConfig {
  return {
    namespace: env.METRICS_NAMESPACE || DEFAULT_NAMESPACE,
    region: readRequired(env, 'AWS_REGION'),
    priceListUrl: env.PRICE_LIST_URL || PUBLIC_PRICE_LIST,
    bucket: readRequired(env, 'CATALOGUE_BUCKET'),
    key: readRequired(env, 'CATALOGUE_KEY'),
  };
}

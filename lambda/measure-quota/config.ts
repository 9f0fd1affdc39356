import type { Environment } from '../../engine/environment';
import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';

/** What the environment says about where to publish. */
export interface QuotaConfig {
  readonly namespace: string;
}

export function readQuotaConfig(env: Environment): QuotaConfig {
  return { namespace: env.METRICS_NAMESPACE || DEFAULT_NAMESPACE };
}

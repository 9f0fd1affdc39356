import type { AlarmSignalsOptions } from '../../alarm-signals';
import { requireAboveZero } from '../validation';

/** The minimums below which the function publishes no comparison, as its environment names them. */
export function minimums(props: AlarmSignalsOptions): Record<string, string> {
  const { minimumCalls = 20, minimumDailyCostUsd = 10, minimumHourlyTokens = 100_000 } = props;
  Object.entries({ minimumCalls, minimumDailyCostUsd, minimumHourlyTokens }).forEach(([prop, value]) => requireAboveZero(prop, value));
  return {
    MINIMUM_CALLS: `${minimumCalls}`,
    MINIMUM_DAILY_COST_USD: `${minimumDailyCostUsd}`,
    MINIMUM_HOURLY_TOKENS: `${minimumHourlyTokens}`,
  };
}

import { AGENT_ROWS } from './agents';
import { CRITICAL_ROWS } from './critical';
import { DELIVERY_ROWS } from './deliveries';
import { HEARTBEAT_ROWS } from './heartbeats';
import { PRICE_ROWS } from './prices';
import { AlarmRow } from './row';
import { TELEMETRY_ROWS } from './telemetry';
import { WARNING_ROWS } from './warning';

/**
 * Every default rule. To add an alarm, add one row to one of these tables and one page to `docs/runbooks/`.
 */
export const ALARM_ROWS: readonly AlarmRow[] = [
  ...CRITICAL_ROWS,
  ...WARNING_ROWS,
  ...TELEMETRY_ROWS,
  ...DELIVERY_ROWS,
  ...HEARTBEAT_ROWS,
  ...PRICE_ROWS,
  ...AGENT_ROWS,
];

/** The threshold that a default rule has unless users set another one. */
export function defaultThreshold(name: string): number {
  return ALARM_ROWS.find((row) => row.name === name)!.threshold;
}

import { REGION } from '../emulator/environment';
import type { LogRecord } from '../traffic/records';
import trip from './trip.json';

/** In USD, from the least that is possible to the most. Metrics are sums of doubles. */
export interface RuntimeCost {
  readonly low: number;
  readonly high: number;
}

/**
 * USD for an hour of one vCPU and of one GB of memory in us-east-1, of the platform versions V1 and V2. Usage logs do not say which one
 * a runtime has. Typed by hand, so that the expected cost does not come from the engine under test.
 */
const RATES = [
  { vcpuHour: 0.0895, gbHour: 0.00945 },
  { vcpuHour: 0.1276, gbHour: 0.0169 },
] as const;

/** The events of `USAGE_LOGS` of a session, as if it had begun at the given moment. */
export function runtimeUsage(begin: number, session: string): LogRecord[] {
  const agent = `arn:aws:bedrock-agentcore:${REGION}:111122223333:runtime/travel_desk-0000000001`;
  return trip.usage.map(({ startNano, seconds, vcpuHours, gbHours }) => {
    const time = new Date(begin + startNano / 1e6);
    const event = {
      resource_arn: agent,
      event_timestamp: time.getTime(),
      resource: { 'cloud.provider': 'aws', 'service.name': 'AgentCore.Runtime', 'cloud.region': REGION },
      attributes: {
        time_elapsed_seconds: seconds,
        'agent.name': 'travel_desk',
        region: REGION,
        'session.id': session,
        'resource.id': `${agent}/runtime-endpoint/DEFAULT`,
      },
      metrics: { 'agent.runtime.memory.gb_hours.used': gbHours, 'agent.runtime.vcpu.hours.used': vcpuHours },
    };
    return { time, message: JSON.stringify(event) };
  });
}

export const rangeText = ({ low, high }: RuntimeCost): string => `${low.toFixed(7)} to ${high.toFixed(7)} USD`;

export function expectedRuntimeCost(): RuntimeCost {
  const [low, high] = RATES.map(({ vcpuHour, gbHour }) =>
    trip.usage.reduce((sum, { vcpuHours, gbHours }) => sum + vcpuHours * vcpuHour + gbHours * gbHour, 0),
  );
  return { low: low!, high: high! };
}

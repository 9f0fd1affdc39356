import { readAgentConfig } from '../../engine/agents/metering/agent-config';
import { AgentMeter } from '../../engine/agents/metering/agent-meter';
import { newSpanPricing } from '../shared/span-pricing';
import type { ReplayEvent, SubscriptionEvent } from '../shared/subscription-events';
import { writeText } from '../shared/write-lines';
import { messagesOf } from './messages';

const config = readAgentConfig(process.env);
let meter: AgentMeter | undefined;

/** Meters a batch of spans, or failed batches replayed from the dead-letter queue. */
export async function handler(event: SubscriptionEvent | ReplayEvent): Promise<void> {
  meter ??= new AgentMeter({
    ...config,
    ...newSpanPricing(config, () => import('./get-object.lazy.js')),
    write: writeText,
    clock: Date.now,
  });
  await meter.meter(messagesOf(event));
}

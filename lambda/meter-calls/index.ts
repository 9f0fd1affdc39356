import type { Meter } from '../../engine/metering/meter';
import { readMeterConfig } from '../../engine/metering/meter-config';
import type { ReplayEvent, SubscriptionEvent } from '../shared/subscription-events';
import { logEvents } from './log-events';
import { LookUps } from '../shared/look-ups';
import { newMeter } from './new-meter';

const config = readMeterConfig(process.env);
const lookUps = new LookUps(config.lookUpMs);
let meter: Meter | undefined;

/** Meters a batch of invocation log records, or failed batches replayed from the dead-letter queue. */
export async function handler(event: SubscriptionEvent | ReplayEvent): Promise<void> {
  meter ??= newMeter(config, lookUps, write);
  lookUps.begin();
  await meter.meter(logEvents(event, config.promptHashSecretArn !== undefined));
}

/** Straight to the stream: console.log would put a prefix, or a second JSON, around metric lines. */
function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())));
}

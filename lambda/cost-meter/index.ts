import { PriceEngine } from '../pricing/price-engine';
import { readConfig } from './config';
import { InferenceProfiles } from './inference-profiles';
import { logEvents, type ReplayEvent, type SubscriptionEvent } from './log-events';
import { Meter } from './meter';
import { PromptHashKey } from './prompt-hash-key';

const config = readConfig(process.env);
const secretArn = config.promptHashSecretArn;

const meter = new Meter({
  config,
  prices: new PriceEngine(),
  profiles: new InferenceProfiles(async () => (await import('./get-inference-profile.lazy.js')).profileLookup()),
  hashKey: secretArn === undefined ? undefined : new PromptHashKey(async () => (await import('./get-secret.lazy.js')).getSecret(secretArn)),
  // Straight to the stream: console.log would put a prefix, or a second JSON, around metric lines.
  write: (text) => new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve()))),
  clock: Date.now,
});

/** Meters a batch of invocation log records, or failed batches replayed from the dead-letter queue. */
export async function handler(event: SubscriptionEvent | ReplayEvent): Promise<void> {
  await meter.meter(logEvents(event));
}

import { PriceEngine } from '../../engine/pricing/price-engine';
import { readMeterConfig, type S3Object } from '../../engine/metering/meter-config';
import { CurrentPrices } from './current-prices';
import type { ObjectVersion } from './get-object.lazy';
import { InferenceProfiles } from './inference-profiles';
import { logEvents, type ReplayEvent, type SubscriptionEvent } from './log-events';
import { Meter } from '../../engine/metering/meter';
import { PromptHashing } from './prompt-hashing';

const config = readMeterConfig(process.env);
let meter: Meter | undefined;

/** Meters a batch of invocation log records, or failed batches replayed from the dead-letter queue. */
export async function handler(event: SubscriptionEvent | ReplayEvent): Promise<void> {
  meter ??= newMeter();
  await meter.meter(logEvents(event));
}

function newMeter(): Meter {
  const { catalogue, overrides, promptHashSecretArn: secretArn } = config;

  const fetched = async ({ bucket, key }: S3Object, known?: string): Promise<ObjectVersion | undefined> =>
    (await import('./get-object.lazy.js')).getObject(bucket, key, known);
  const ownPrices = async (given: string | S3Object): Promise<string> => (typeof given === 'string' ? given : (await fetched(given))!.text);
  return new Meter({
    config,
    prices:
      catalogue || overrides
        ? new CurrentPrices({
            ...(catalogue && { catalogue: (known) => fetched(catalogue, known) }),
            ...(overrides && { overrides: () => ownPrices(overrides) }),
          })
        : new PriceEngine(),
    profiles: new InferenceProfiles(async () => (await import('./get-inference-profile.lazy.js')).profileLookup()),
    promptHashing:
      secretArn === undefined
        ? undefined
        : new PromptHashing(async () => (await import('./prompt-hash.lazy.js')).promptHashWith(secretArn)),
    // Straight to the stream: console.log would put a prefix, or a second JSON, around metric lines.
    write: (text) => new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve()))),
    clock: Date.now,
  });
}

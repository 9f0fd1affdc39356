import { Meter, type MeterProps } from '../../engine/metering/meter';
import { readMeterConfig, type S3Object } from '../../engine/metering/meter-config';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { CurrentPrices } from './current-prices';
import type { ObjectVersion } from './get-object.lazy';
import { InferenceProfiles } from './inference-profiles';
import { logEvents, type ReplayEvent, type SubscriptionEvent } from './log-events';
import { PromptHashing } from './prompt-hashing';

const config = readMeterConfig(process.env);
let meter: Meter | undefined;

/** Meters a batch of invocation log records, or failed batches replayed from the dead-letter queue. */
export async function handler(event: SubscriptionEvent | ReplayEvent): Promise<void> {
  meter ??= newMeter();
  await meter.meter(logEvents(event));
}

/** Code that asks AWS is imported when it is needed: most functions load no SDK. */
function newMeter(): Meter {
  const { promptHashSecretArn } = config;
  const profiles = new InferenceProfiles(async () => (await import('./get-inference-profile.lazy.js')).profileLookup());
  return new Meter({
    config,
    prices: newPrices(profiles),
    profiles,
    promptHashing:
      promptHashSecretArn === undefined
        ? undefined
        : new PromptHashing(async () => (await import('./prompt-hash.lazy.js')).promptHashWith(promptHashSecretArn)),
    // Straight to the stream: console.log would put a prefix, or a second JSON, around metric lines.
    write: (text) => new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve()))),
    clock: Date.now,
  });
}

function newPrices({ known }: InferenceProfiles): MeterProps['prices'] {
  const { catalogue, overrides } = config;
  const profiles = (arn: string): string | undefined => known.get(arn);
  if (!catalogue && !overrides) {
    return new PriceEngine({ profiles });
  }
  return new CurrentPrices({
    profiles,
    catalogue: catalogue && ((knownEtag) => fetchObject(catalogue, knownEtag)),
    overrides: overrides === undefined ? undefined : () => overridesText(overrides),
  });
}

async function overridesText(overrides: string | S3Object): Promise<string> {
  return typeof overrides === 'string' ? overrides : (await fetchObject(overrides))!.text;
}

async function fetchObject({ bucket, key }: S3Object, knownEtag?: string): Promise<ObjectVersion | undefined> {
  const { getObject } = await import('./get-object.lazy.js');
  return getObject(bucket, key, knownEtag);
}

import { Meter, type MeterProps } from '../../engine/metering/meter';
import type { MeterConfig, S3Object } from '../../engine/metering/meter-config';
import type { PromptHash } from '../../engine/metering/meter-environment';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { CurrentPrices } from './current-prices';
import type { ObjectVersion } from './get-object.lazy';
import type { ProfileLookup } from './get-inference-profile.lazy';
import { InferenceProfiles } from './inference-profiles';
import type { LookUps } from './look-ups';
import { PromptHashing } from './prompt-hashing';

/** The meter with all that it asks AWS. Code that asks is imported when it is needed: most functions load no SDK. */
export function newMeter(config: MeterConfig, lookUps: LookUps, write: MeterProps['write']): Meter {
  const { promptHashSecretArn } = config;
  const profiles = new InferenceProfiles(
    () => boundedLookup(lookUps),
    (count) => lookUps.addFailed(count),
  );
  return new Meter({
    config,
    prices: newPrices(config, lookUps, profiles),
    profiles,
    promptHashing: promptHashSecretArn === undefined ? undefined : newPromptHashing(promptHashSecretArn, lookUps),
    failedLookUps: () => lookUps.takeFailed(),
    write,
    clock: Date.now,
  });
}

async function boundedLookup(lookUps: LookUps): Promise<ProfileLookup> {
  const { profileLookup } = await import('./get-inference-profile.lazy.js');
  const lookup = profileLookup();
  return (arn) => lookUps.optional('GetInferenceProfile', (signal) => lookup(arn, signal));
}

function newPromptHashing(secretArn: string, lookUps: LookUps): PromptHashing {
  const prepare = async (): Promise<PromptHash> => {
    const { promptHashWith } = await import('./prompt-hash.lazy.js');
    return lookUps.optional('the secret of the prompt hash', (signal) => promptHashWith(secretArn, signal));
  };
  return new PromptHashing(prepare, (count) => lookUps.addFailed(count));
}

function newPrices({ catalogue, overrides }: MeterConfig, lookUps: LookUps, { known }: InferenceProfiles): MeterProps['prices'] {
  const profiles = (arn: string): string | undefined => known.get(arn);
  if (!catalogue && !overrides) {
    return new PriceEngine({ profiles });
  }
  return new CurrentPrices({
    profiles,
    addFailed: (count) => lookUps.addFailed(count),
    catalogue: catalogue && ((knownEtag) => storedCatalogue(catalogue, lookUps, knownEtag)),
    overrides: overrides === undefined ? undefined : () => overridesText(overrides, lookUps),
  });
}

async function storedCatalogue({ bucket, key }: S3Object, lookUps: LookUps, knownEtag?: string): Promise<ObjectVersion | undefined> {
  const { getObject } = await import('./get-object.lazy.js');
  return lookUps.optional('the price catalogue', (abortSignal) => getObject(bucket, key, { knownEtag, abortSignal }));
}

async function overridesText(overrides: string | S3Object, lookUps: LookUps): Promise<string> {
  if (typeof overrides === 'string') {
    return overrides;
  }
  const { bucket, key } = overrides;
  const { getObject } = await import('./get-object.lazy.js');
  const version = await lookUps.required(`the file of 'priceOverrides' (s3://${bucket}/${key})`, (abortSignal) =>
    getObject(bucket, key, { abortSignal }),
  );
  return version!.text;
}

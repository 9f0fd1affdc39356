import { Meter, type MeterProps } from '../../engine/metering/meter';
import type { MeterConfig } from '../../engine/metering/meter-config';
import type { PromptHash } from '../../engine/metering/meter-environment';
import type { ProfileLookup } from './get-inference-profile.lazy';
import { InferenceProfiles } from './inference-profiles';
import type { LookUps } from '../shared/look-ups';
import { newPrices as pricesOf } from '../shared/new-prices';
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
  return pricesOf({ catalogue, overrides, profiles, lookUps, loadReader: () => import('./get-object.lazy.js') });
}

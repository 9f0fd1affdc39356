import { Meter, type MeterProps } from '../../engine/metering/meter';
import type { MeterConfig, S3Object } from '../../engine/metering/meter-config';
import type { PromptHash } from '../../engine/metering/meter-environment';
import type { ProfileLookup } from './get-inference-profile.lazy';
import { InferenceProfiles } from './inference-profiles';
import type { LookUps } from '../shared/look-ups';
import { newPrices as pricesOf } from '../shared/new-prices';
import { ProfileModels } from './profile-models';
import type { OtlpExport } from './otlp-export';
import { PromptHashing } from './prompt-hashing';

/** The meter with all that it asks AWS. Code that asks is imported when it is needed: most functions load no SDK. */
export function newMeter(config: MeterConfig, lookUps: LookUps, write: MeterProps['write'], otlp?: OtlpExport): Meter {
  const { promptHashSecretArn, profileRole } = config;
  const profiles = new InferenceProfiles(
    () => boundedLookup(lookUps, profileRole),
    (count) => lookUps.addFailed(count),
  );
  return new Meter({
    config,
    prices: newPrices(config, lookUps, profiles),
    profiles,
    promptHashing: promptHashSecretArn === undefined ? undefined : newPromptHashing(promptHashSecretArn, lookUps),
    failedLookUps: () => lookUps.takeFailed(),
    write,
    exportReadings: otlp && ((readings) => otlp.export(readings)),
    clock: Date.now,
  });
}

/** Undefined where metrics are not sent over OTLP. */
export async function newOtlpExport({ otlp, namespace }: MeterConfig, lookUps: LookUps): Promise<OtlpExport | undefined> {
  if (otlp === undefined) return undefined;
  const { newOtlpExport: newExport } = await import('./otlp-export.lazy.js');
  return newExport(otlp, namespace, lookUps);
}

async function boundedLookup(lookUps: LookUps, profileRole: MeterConfig['profileRole']): Promise<ProfileLookup> {
  const { profileLookup } = await import('./get-inference-profile.lazy.js');
  const lookup = profileLookup(profileRole);
  return (arn) => lookUps.optional('GetInferenceProfile', (signal) => lookup(arn, signal));
}

function newPromptHashing(secretArn: string, lookUps: LookUps): PromptHashing {
  const prepare = async (): Promise<PromptHash> => {
    const { promptHashWith } = await import('./prompt-hash.lazy.js');
    return lookUps.optional('the secret of the prompt hash', (signal) => promptHashWith(secretArn, signal));
  };
  return new PromptHashing(prepare, (count) => lookUps.addFailed(count));
}

const loadReader = () => import('./get-object.lazy.js');

function newPrices(
  { catalogue, overrides, profileModels }: MeterConfig,
  lookUps: LookUps,
  profiles: InferenceProfiles,
): MeterProps['prices'] {
  const prices = pricesOf({ catalogue, overrides, profiles: (arn) => profiles.known.get(arn), lookUps, loadReader });
  if (profileModels === undefined) {
    return prices;
  }
  const models = new ProfileModels(
    () => modelsText(profileModels, lookUps),
    (known) => profiles.addKnown(known),
    (count) => lookUps.addFailed(count),
  );
  const prepare = prices.prepare?.bind(prices);
  return Object.assign(prices, {
    prepare: async (now: number) => {
      await models.prepare(now);
      await prepare?.(now);
    },
  });
}

async function modelsText(models: string | S3Object, lookUps: LookUps): Promise<string> {
  if (typeof models === 'string') {
    return models;
  }
  const { getObject } = await loadReader();
  return (await lookUps.optional('the profile map', (abortSignal) => getObject(models.bucket, models.key, { abortSignal })))!.text;
}

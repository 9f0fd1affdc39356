import type { S3Object } from '../../engine/metering/meter-config';
import type { ProfileLookup } from '../../engine/pricing/model-id';
import { PriceEngine } from '../../engine/pricing/price-engine';
import type { Prices } from '../../engine/rating/unit-prices';
import { CurrentPrices } from './current-prices';
import type { getObject, ObjectVersion } from './get-object';
import type { LookUps } from './look-ups';

export interface NewPricesProps {
  /** Where the refreshed price catalogue is. */
  readonly catalogue?: S3Object;
  /** The user's own prices: as JSON, or where they are. */
  readonly overrides?: string | S3Object;
  readonly profiles?: ProfileLookup;
  readonly lookUps: LookUps;
  /** Loads what reads objects, and with it the SDK, which most functions never need. */
  readonly loadReader: () => Promise<{ readonly getObject: typeof getObject }>;
}

/** The prices of a function that prices calls. `prepare` is to be awaited before each batch, where there is one. */
export function newPrices(props: NewPricesProps): Prices & { prepare?(now: number): Promise<void> } {
  const { catalogue, overrides, profiles, lookUps } = props;
  if (!catalogue && !overrides) {
    return new PriceEngine({ profiles });
  }
  return new CurrentPrices({
    profiles,
    addFailed: (count) => lookUps.addFailed(count),
    catalogue: catalogue && ((knownEtag) => storedCatalogue(catalogue, props, knownEtag)),
    overrides: overrides === undefined ? undefined : () => overridesText(overrides, props),
  });
}

async function storedCatalogue(
  { bucket, key }: S3Object,
  { lookUps, loadReader }: NewPricesProps,
  knownEtag?: string,
): Promise<ObjectVersion | undefined> {
  const { getObject } = await loadReader();
  return lookUps.optional('the price catalogue', (abortSignal) => getObject(bucket, key, { knownEtag, abortSignal }));
}

async function overridesText(overrides: string | S3Object, { lookUps, loadReader }: NewPricesProps): Promise<string> {
  if (typeof overrides === 'string') {
    return overrides;
  }
  const { bucket, key } = overrides;
  const { getObject } = await loadReader();
  const version = await lookUps.required(`the file of 'priceOverrides' (s3://${bucket}/${key})`, (abortSignal) =>
    getObject(bucket, key, { abortSignal }),
  );
  return version!.text;
}

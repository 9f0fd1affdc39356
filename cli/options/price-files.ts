import { Catalogue } from '../../engine/pricing/catalogue';
import type { ProfileLookup } from '../../engine/pricing/model-id';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { PriceOverrides } from '../../engine/pricing/price-overrides';
import { Failure } from '../failure';
import { notice } from '../notices';
import { readCatalogue } from './catalogue-file';
import { readText } from './option-file';
import { readProfiles } from './profiles-file';

/** Files with prices and profiles of the user. */
export interface PriceFileOptions {
  readonly catalogue?: string;
  readonly overrides?: string;
  readonly profiles?: string;
}

export interface PriceFiles {
  readonly catalogue: Catalogue;
  readonly prices: PriceEngine;
  /** Whether the user has prices or discounts beside the catalogue. */
  readonly hasOwnPrices: boolean;
  readonly profiles?: ProfileLookup;
  /** Whether all files could be used. */
  readonly complete: boolean;
}

/**
 * The price engine of the deployed meter, with the prices and profiles of the user.
 *
 * @throws Failure if a file cannot be used
 */
export async function readPriceFiles(options: PriceFileOptions): Promise<PriceFiles> {
  const catalogue = options.catalogue === undefined ? Catalogue.builtIn() : await readCatalogue(options.catalogue);
  const overrides = options.overrides === undefined ? undefined : await readOverrides(options.overrides, catalogue);
  const profiles = options.profiles === undefined ? undefined : await readProfiles(options.profiles, notice);
  const prices = new PriceEngine({ catalogue, overrides, profiles });
  return { catalogue, prices, hasOwnPrices: overrides !== undefined, profiles, complete: true };
}

/**
 * The same for many calls. Most of them need no profiles, so profiles that cannot be used are reported, and the calls through
 * them have no price.
 */
export async function readPriceFilesForLogs({ profiles, ...others }: PriceFileOptions): Promise<PriceFiles> {
  const files = await readPriceFiles(others);
  try {
    return profiles === undefined ? files : await readPriceFiles({ profiles, ...others });
  } catch (error) {
    notice(`${(error as Error).message}: calls through profiles have no price`);
    return { ...files, complete: false };
  }
}

async function readOverrides(file: string, catalogue: Catalogue): Promise<PriceOverrides> {
  const text = await readText('--overrides', file);
  try {
    return PriceOverrides.fromJson(text, catalogue);
  } catch (error) {
    throw new Failure(`'--overrides' cannot be used: ${(error as Error).message}, in '${file}'`);
  }
}

import { Catalogue } from '../../engine/pricing/catalogue';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { PriceOverrides } from '../../engine/pricing/price-overrides';
import { Failure } from '../failure';
import { printable } from '../terminal';
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
}

/** The price engine of the deployed meter, with the prices and profiles of the user. */
export async function readPriceFiles(options: PriceFileOptions): Promise<PriceFiles> {
  const catalogue = options.catalogue === undefined ? Catalogue.builtIn() : await readCatalogue(options.catalogue);
  const overrides = options.overrides === undefined ? undefined : await readOverrides(options.overrides, catalogue);
  const profiles = options.profiles === undefined ? undefined : await readProfiles(options.profiles, warn);
  return { catalogue, prices: new PriceEngine({ catalogue, overrides, profiles }) };
}

async function readOverrides(file: string, catalogue: Catalogue): Promise<PriceOverrides> {
  const text = await readText('--overrides', file);
  try {
    return PriceOverrides.fromJson(text, catalogue);
  } catch (error) {
    throw new Failure(`'--overrides' cannot be used: ${(error as Error).message}, in '${file}'`);
  }
}

const warn = (text: string): void => void process.stderr.write(`${printable(text)}\n`);

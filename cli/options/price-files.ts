import { readFileSync } from 'node:fs';
import { Catalogue } from '../../engine/pricing/catalogue';
import type { ProfileLookup } from '../../engine/pricing/model-id';
import { PriceOverrides } from '../../engine/pricing/price-overrides';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { isObject } from '../../engine/records/json';
import { Failure } from '../failure';

/** Files with which the user adds to the catalogue. */
export interface PriceFileOptions {
  readonly overrides?: string;
  readonly profiles?: string;
}

/** The price engine of the deployed meter, with the prices and profiles of the user. */
export function priceEngineOf({ overrides, profiles }: PriceFileOptions, catalogue = Catalogue.builtIn()): PriceEngine {
  return new PriceEngine({
    catalogue,
    overrides: overrides === undefined ? undefined : readOverrides(overrides, catalogue),
    profiles: profiles === undefined ? undefined : readProfiles(profiles),
  });
}

function readProfiles(file: string): ProfileLookup {
  const json = readJson('--profiles', file);
  if (!isObject(json)) {
    throw new Failure(`'--profiles' must be an object like { "arn:…": "global.anthropic.…" }, got ${typeName(json)} in '${file}'`);
  }
  for (const [arn, target] of Object.entries(json)) {
    if (!arn.startsWith('arn:')) {
      throw new Failure(`'--profiles' must map ARNs, got '${arn}' in '${file}'`);
    }
    if (typeof target !== 'string' || target === '') {
      throw new Failure(`'--profiles' must map '${arn}' to a model or profile id, got ${typeName(target)} in '${file}'`);
    }
  }
  const profiles = new Map(Object.entries(json as Record<string, string>));
  return (arn) => profiles.get(arn);
}

function readOverrides(file: string, catalogue: Catalogue): PriceOverrides {
  const text = readText('--overrides', file);
  try {
    return PriceOverrides.fromJson(text, catalogue);
  } catch (error) {
    throw new Failure(`'--overrides' cannot be used: ${(error as Error).message}, in '${file}'`);
  }
}

function readJson(option: string, file: string): unknown {
  const text = readText(option, file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`'${option}' must name a JSON file, but '${file}' is not JSON: ${(error as Error).message}`);
  }
}

function readText(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new Failure(`'${option}' names a file that cannot be read: ${(error as Error).message}`);
  }
}

const typeName = (value: unknown): string => (Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`);

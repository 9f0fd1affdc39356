import { readFileSync } from 'node:fs';
import { isObject } from '../../engine/records/json';
import type { Catalogue } from '../../engine/pricing/catalogue';
import type { ProfileLookup } from '../../engine/pricing/model-id';
import { PriceOverrides } from '../../engine/pricing/price-overrides';
import { Failure } from '../failure';

/** Reads a file that maps ARNs which do not tell their model to model or profile ids. */
export function readProfiles(file: string | undefined): ProfileLookup | undefined {
  if (file === undefined) return undefined;
  const json = readJson('--profiles', file);
  if (!isObject(json)) {
    throw new Failure(`'--profiles' must be an object like { "arn:…": "global.anthropic.…" }, got ${describe(json)} in '${file}'`);
  }
  for (const [arn, target] of Object.entries(json)) {
    if (!arn.startsWith('arn:')) {
      throw new Failure(`'--profiles' must map ARNs, got '${arn}' in '${file}'`);
    }
    if (typeof target !== 'string' || target === '') {
      throw new Failure(`'--profiles' must map '${arn}' to a model or profile id, got ${describe(target)} in '${file}'`);
    }
  }
  const profiles = new Map(Object.entries(json as Record<string, string>));
  return (arn) => profiles.get(arn);
}

/** Reads the user's own prices. */
export function readOverrides(file: string | undefined, catalogue: Catalogue): PriceOverrides | undefined {
  if (file === undefined) return undefined;
  try {
    return PriceOverrides.fromJson(readText('--overrides', file), catalogue);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(`'--overrides' cannot be used: ${(error as Error).message}, in '${file}'`);
  }
}

function readJson(option: string, file: string): unknown {
  const text = readText(option, file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`'${option}' must name a JSON file, '${file}' is none: ${(error as Error).message}`);
  }
}

function readText(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new Failure(`'${option}' names a file that cannot be read: ${(error as Error).message}`);
  }
}

const describe = (value: unknown): string => (Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`);

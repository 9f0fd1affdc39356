import { asksProfiles, type ProfileLookup } from '../../engine/pricing/model-id';
import { isObject } from '../../engine/records/json';
import { Failure } from '../failure';
import { readJson } from './option-file';

/** Entries that are named. The others are counted. */
const MAX_NAMED = 10;

/**
 * The models behind ARNs that do not name them, as the user maps them.
 *
 * @param warn is told each entry that can never match, and why
 */
export async function readProfiles(file: string, warn: (text: string) => void): Promise<ProfileLookup> {
  const json = await readJson('--profiles', file);
  if (!isObject(json)) {
    throw new Failure(`'--profiles' must be an object like { "arn:…": "global.anthropic.…" }, got ${typeName(json)} in '${file}'`);
  }
  for (const [arn, target] of Object.entries(json)) {
    if (typeof target !== 'string' || target === '') {
      throw new Failure(`'--profiles' must map '${arn}' to a model or profile id, got ${typeName(target)} in '${file}'`);
    }
  }
  const useless = Object.keys(json).flatMap((arn) => (asksProfiles(arn) ? [] : [`'${arn}' in '${file}' never matches: ${reason(arn)}`]));
  useless.slice(0, MAX_NAMED).forEach((each) => warn(`'--profiles': ${each}`));
  if (useless.length > MAX_NAMED) warn(`'--profiles': ${useless.length - MAX_NAMED} more entries of '${file}' never match`);

  const profiles = new Map(Object.entries(json as Record<string, string>));
  return (arn) => profiles.get(arn);
}

const reason = (arn: string): string =>
  arn.startsWith('arn:') ? 'ARNs of its kind name their model, or have no price' : 'it is not an ARN, and ids name their model';

const typeName = (value: unknown): string => (Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`);

import { readFileSync } from 'node:fs';
import { Catalogue } from '../../engine/pricing/catalogue';
import { BUILT_IN_CATALOGUE } from './handler-code';

let catalogue: Catalogue | undefined;

/** The catalogue of this version, read once from the assets: the compiler of the package copies code only. */
export function builtInCatalogue(): Catalogue {
  catalogue ??= Catalogue.fromText(readFileSync(BUILT_IN_CATALOGUE, 'latin1'));
  return catalogue;
}

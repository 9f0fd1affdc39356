import { readFileSync } from 'node:fs';
import { Catalogue } from '../../engine/pricing/catalogue';
import { BUILT_IN_CATALOGUE } from './handler-code';

let catalogue: Catalogue | undefined;
let models: Catalogue | undefined;

/** The catalogue of this version, read once from the assets: the compiler of the package copies code only. */
export function builtInCatalogue(): Catalogue {
  catalogue ??= Catalogue.fromText(text());
  return catalogue;
}

/** The models of the catalogue without prices, which are most of it: every app asks for names of models. */
export function builtInModels(): Catalogue {
  models ??= Catalogue.fromText(
    text()
      .split('\n')
      .filter((line) => line.startsWith('{"model"'))
      .join('\n'),
  );
  return models;
}

const text = (): string => readFileSync(BUILT_IN_CATALOGUE, 'latin1');

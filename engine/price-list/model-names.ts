import type { Catalogue, ModelInfo } from '../pricing/catalogue';
import { AMBIGUOUS_NAMES, KNOWN_NAMES, KNOWN_STEMS } from './known-names';
import { keysOf, nameKey, rivalKeysOf } from './name-key';

const MARKETPLACE_SUFFIX = ' (Amazon Bedrock Edition)';
/** Ends the names of models in their latency-optimised tier, which has prices of its own. */
const LATENCY_SUFFIX = / latency[- ]optimized$/i;

interface AliasLine {
  readonly alias: string;
  readonly of: string;
}

export interface NamedModel {
  readonly model: string;
  /** The tier that the name itself says. */
  readonly tier?: 'latency';
}

/**
 * Finds the model of a row of the Price List: by the id or the known beginning of its usage type, else by a reviewed name, the
 * catalogue's own name or the id as the name, else by a key that only one of all models has. A name that several models have
 * finds none of them.
 */
export class ModelNames {
  private readonly byName = new Map<string, string | undefined>();
  private readonly byKey = new Map<string, string | undefined>();
  private readonly byStem: ReadonlyMap<string, string>;
  private readonly byId: ReadonlyMap<string, string>;

  constructor(catalogue: Catalogue) {
    const models = catalogue.lines<ModelInfo>('model');
    const aliases = catalogue.lines<AliasLine>('alias');
    const ids = new Set(models.map(({ model }) => model));
    this.byId = new Map([...models.map(({ model }) => [model, model] as const), ...aliases.map(({ alias, of }) => [alias, of] as const)]);
    const forms = formsOf(models, aliases);
    for (const { model, name, provider } of models) {
      addUnique(this.byName, name, model);
      for (const key of keysOf(forms.get(model)!, provider)) addUnique(this.byKey, key, model);
    }
    for (const { model, provider } of models) {
      for (const key of rivalKeysOf(forms.get(model)!, provider)) if (this.byKey.has(key)) addUnique(this.byKey, key, model);
    }
    for (const name of AMBIGUOUS_NAMES) this.byKey.set(nameKey(name), undefined);
    for (const [name, model] of KNOWN_NAMES) if (ids.has(model)) this.byName.set(name, model);
    this.byStem = new Map(KNOWN_STEMS.filter(([, model]) => ids.has(model)).map(([stem, model]) => [stem, model]));
  }

  /**
   * @param attributes the attributes of the row
   * @param stem the beginning of its usage type, in front of the words that `readUsageType` knows
   */
  public find(attributes: Readonly<Record<string, string>>, stem: string | undefined): NamedModel | undefined {
    const ofStem = stem === undefined ? undefined : (this.byId.get(stem) ?? this.byStem.get(stem));
    const fullName = nameIn(attributes);
    const name = fullName?.replace(LATENCY_SUFFIX, '');
    const model = ofStem ?? (name === undefined ? undefined : this.byNameOrKey(name));
    return model === undefined ? undefined : { model, ...(name !== fullName && { tier: 'latency' as const }) };
  }

  private byNameOrKey(name: string): string | undefined {
    if (this.byName.has(name)) return this.byName.get(name);
    return this.byId.get(name) ?? this.byKey.get(nameKey(name));
  }
}

/** The name by which a row calls its model. The service name is one in the Marketplace only, where the suffix marks it. */
export function nameIn({ model, titanModel, servicename }: Readonly<Record<string, string>>): string | undefined {
  const name = model ?? titanModel ?? (servicename?.endsWith(MARKETPLACE_SUFFIX) ? servicename : undefined);
  return name?.endsWith(MARKETPLACE_SUFFIX) ? name.slice(0, -MARKETPLACE_SUFFIX.length) : name;
}

/** The ids and the name of each model. */
function formsOf(models: readonly ModelInfo[], aliases: readonly AliasLine[]): Map<string, string[]> {
  const forms = new Map(models.map(({ model, name }) => [model, [model, name]]));
  for (const { alias, of } of aliases) forms.get(of)?.push(alias);
  return forms;
}

/** What two models share finds neither of them. */
function addUnique(models: Map<string, string | undefined>, key: string, model: string): void {
  models.set(key, models.has(key) && models.get(key) !== model ? undefined : model);
}

import type { Catalogue, ModelInfo } from '../pricing/catalogue';

/**
 * Names in the Price List that differ from the model's name in the catalogue, reviewed one by one. The first was read in the
 * Price List; the others follow its pattern and were not seen there yet.
 */
const NAMES: Readonly<Record<string, string>> = {
  'Claude 3.5 Sonnet': 'anthropic.claude-3-5-sonnet-20240620-v1:0',
  'Claude Opus 4.8': 'anthropic.claude-opus-4-8',
  'Claude Opus 5': 'anthropic.claude-opus-5',
  'Claude Opus 5.5': 'anthropic.claude-opus-5-5',
  'Claude Sonnet 5': 'anthropic.claude-sonnet-5',
  'Claude Sonnet 5.5': 'anthropic.claude-sonnet-5-5',
  'Claude Haiku 5.5': 'anthropic.claude-haiku-5-5',
  'Claude 3 Opus': 'anthropic.claude-3-opus-20240229-v1:0',
};

const MARKETPLACE_SUFFIX = ' (Amazon Bedrock Edition)';

/** Finds the model of a row of the Price List. Names match exactly or not at all. */
export class ModelNames {
  private readonly byName = new Map<string, string | undefined>();

  constructor(private readonly catalogue: Catalogue) {
    for (const { model, name } of catalogue.lines<ModelInfo>('model')) {
      // A name that two models share finds neither of them.
      this.byName.set(name, this.byName.has(name) ? undefined : model);
    }
    for (const [name, model] of Object.entries(NAMES)) this.byName.set(name, model);
  }

  /**
   * @param attributes the attributes of the row
   * @param prefix of its usage type, in front of the words that `readUsageType` knows; in some rows it is the id of the model
   */
  public find(attributes: Readonly<Record<string, string>>, prefix: string | undefined): string | undefined {
    const id = prefix === undefined ? undefined : this.byId(prefix);
    if (id !== undefined) return id;
    const { model, titanModel, servicename } = attributes;
    const marketplace = servicename?.endsWith(MARKETPLACE_SUFFIX) ? servicename.slice(0, -MARKETPLACE_SUFFIX.length) : undefined;
    const name = model ?? titanModel ?? marketplace;
    return name === undefined ? undefined : this.byName.get(name);
  }

  private byId(id: string): string | undefined {
    return this.catalogue.model(id)?.model ?? this.catalogue.aliasOf(id);
  }
}

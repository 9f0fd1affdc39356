import { KNOWN_NAMES } from '../price-list/known-names';
import { ModelNames } from '../price-list/model-names';
import { nameKey } from '../price-list/name-key';
import type { Catalogue } from '../pricing/catalogue';

/** Ends the service names of models that are sold through the AWS Marketplace; one published bill has it without "Amazon". */
const EDITION = / \((?:Amazon )?Bedrock Edition\)$/;

/** Usage types write `Claude4.6Sonnet` and some names "Claude 4.6 Sonnet", where AWS calls the model Claude Sonnet 4.6. */
const VERSION_FIRST = /^Claude ?(\d+(?:\.\d+)?) ?(Opus|Sonnet|Haiku|Fable|Mythos)$/i;

/** The name of a model without the mark of the Marketplace. */
export const withoutEdition = (name: string): string => name.replace(EDITION, '');

/** Whether a service name is that of a model in the Marketplace. */
export const isEdition = (service: string): boolean => EDITION.test(service);

/** Finds the model of a line of the bill by the names that bills use. */
export class BilledModels {
  private readonly names: ModelNames;
  private readonly known = new Map<string, string>();
  private readonly found = new Map<string, string | undefined>();

  constructor(catalogue: Catalogue) {
    this.names = new ModelNames(catalogue);
    for (const [name, model] of KNOWN_NAMES) this.known.set(nameKey(name), model);
  }

  /** @param name of a service, a product, a model or the beginning of a usage type */
  public find(name: string): string | undefined {
    if (!this.found.has(name)) this.found.set(name, this.lookUp(withoutEdition(name)));
    return this.found.get(name);
  }

  private lookUp(name: string): string | undefined {
    const [, version, family] = VERSION_FIRST.exec(name) ?? [];
    const spellings = version === undefined ? [name] : [`Claude ${version} ${family}`, `Claude ${family} ${version}`];
    for (const spelling of spellings) {
      const model = this.names.find({ model: spelling }, spelling)?.model ?? this.known.get(nameKey(spelling));
      if (model !== undefined) return model;
    }
    return undefined;
  }
}

/** A quota of the account, as Service Quotas names it. */
export interface NamedQuota {
  readonly name: string;
  readonly value: number;
}

/** A model, as Bedrock lists it. */
export interface NamedModel {
  readonly modelId: string;
  readonly modelName: string;
  readonly providerName: string;
}

/** What is known of the tokens-per-minute use of one model or profile. */
export interface Headroom {
  readonly modelId: string;
  /** Of its quota, in percent; undefined where no quota, or more than one, goes by its name. */
  readonly percent: number | undefined;
}

const QUOTA_NAME = /^(on-demand|cross-region|global cross-region)\b.*\btokens per minute for (.+)$/i;

/** Service Quotas has no ids of models, only names: they are matched whole, or not at all. */
export class Quotas {
  private readonly limits = new Map<string, number[]>();
  private readonly names = new Map<string, string>();

  constructor(quotas: readonly NamedQuota[], models: readonly NamedModel[]) {
    for (const { name, value } of quotas) {
      const [, routing, model] = QUOTA_NAME.exec(name) ?? [];
      if (routing && model) {
        const key = `${routing.toLowerCase()} ${normalized(model)}`;
        this.limits.set(key, [...(this.limits.get(key) ?? []), value]);
      }
    }
    models.forEach(({ modelId, modelName, providerName }) => this.names.set(modelId, normalized(`${providerName} ${modelName}`)));
  }

  /** @param modelId the value of the `ModelId` dimension: a model id, or a profile id with its geography in front */
  headroom(modelId: string, tokensPerMinute: number): Headroom {
    const [geography, model] = split(modelId);
    const name = this.names.get(model) ?? this.names.get(model.replace(/:\d+$/, ''));
    const routing = geography === undefined ? 'on-demand' : geography === 'global' ? 'global cross-region' : 'cross-region';
    const [limit, ...others] = name === undefined ? [] : (this.limits.get(`${routing} ${name}`) ?? []);
    return { modelId, percent: limit !== undefined && limit > 0 && others.length === 0 ? (100 * tokensPerMinute) / limit : undefined };
  }
}

function split(modelId: string): [geography: string | undefined, model: string] {
  const [, geography, model] = /^([a-z]{2}(?:-[a-z]+)?|apac|global)\.(.+)$/.exec(modelId) ?? [];
  return [geography, model ?? modelId];
}

/** Quotas say "Anthropic Claude Sonnet 4 V1" where the model is called "Claude Sonnet 4". */
function normalized(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, ' ')
    .trim()
    .replace(/ v1$/, '');
}

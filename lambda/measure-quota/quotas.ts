import { splitGeography } from '../../engine/pricing/geographies';

/** A quota of the account, as Service Quotas names it. */
export interface NamedQuota {
  readonly name: string;
  readonly value: number;
}

/** A model, as Bedrock lists it. */
interface NamedModel {
  readonly modelId: string;
  readonly modelName: string;
  readonly providerName: string;
}

/** How much of its tokens-per-minute quota one model or profile uses. */
export interface QuotaUse {
  readonly modelId: string;
  /** Undefined where no quota, or more than one, has the model's name. */
  readonly percent: number | undefined;
}

const QUOTA_NAME = /^(on-demand|cross-region|global cross-region)\b(.*)\btokens per minute for (.+)$/i;

/** Calls with optimized latency have quotas of their own, and the metric of use does not tell them apart. */
const LATENCY_OPTIMIZED = /latency[- ]optimized/i;

/** The quotas of tokens per minute by model. Service Quotas has names of models and no ids: only a whole name matches. */
export class Quotas {
  /** Usually one, by routing and model name: two are a name that stands for two quotas. */
  private readonly limits = new Map<string, number[]>();
  private readonly names = new Map<string, string>();

  constructor(quotas: readonly NamedQuota[], models: readonly NamedModel[]) {
    for (const { name, value } of quotas) {
      const [, routing, kind = '', model] = QUOTA_NAME.exec(name) ?? [];
      if (routing && model) {
        const optimized = LATENCY_OPTIMIZED.test(kind) ? 'latency-optimized ' : '';
        const key = `${optimized}${routing.toLowerCase()} ${normalized(model)}`;
        this.limits.set(key, [...(this.limits.get(key) ?? []), value]);
      }
    }
    models.forEach(({ modelId, modelName, providerName }) => this.names.set(modelId, normalized(`${providerName} ${modelName}`)));
  }

  /** @param modelId a value of the `ModelId` dimension: a model id, or a profile id that begins with its geography */
  useOf(modelId: string, tokensPerMinute: number): QuotaUse {
    const { geography, model } = splitGeography(modelId);
    const name = this.names.get(model) ?? this.names.get(model.replace(/:\d+$/, ''));
    const limits = name === undefined ? [] : (this.limits.get(`${routingOf(geography)} ${name}`) ?? []);
    const [limit] = limits;
    return { modelId, percent: limits.length === 1 && limit !== undefined ? percentOf(tokensPerMinute, limit) : undefined };
  }
}

/** New accounts may have quotas of 0: all of such a quota is in use, whatever is used. */
const percentOf = (tokens: number, limit: number): number => (limit > 0 ? (100 * tokens) / limit : 100);

/** How the names of quotas call a routing. */
function routingOf(geography: string | undefined): string {
  if (geography === undefined) {
    return 'on-demand';
  }
  return geography === 'global' ? 'global cross-region' : 'cross-region';
}

/** Quotas say "Anthropic Claude Sonnet 4 V1" where the model is called "Claude Sonnet 4". */
function normalized(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, ' ')
    .trim()
    .replace(/ v1$/, '');
}

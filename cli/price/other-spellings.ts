import type { Catalogue } from '../../engine/pricing/catalogue';

/** A model id as Bedrock spells it, read out of how another tool does. */
export interface Spelling {
  readonly modelId: string;
  /** Some tools have the Region in the id. */
  readonly region?: string;
  /** Whether it was spelled otherwise. */
  readonly isOther: boolean;
}

/**
 * How LiteLLM, OpenCode and others begin ids of Bedrock: a provider, a way to call, a Region, a commitment.
 * Source: LiteLLM docs, "AWS Bedrock"; models.dev, provider `amazon-bedrock`.
 */
const PROVIDER = /^(?:bedrock|bedrock_converse|amazon-bedrock|aws-bedrock|bedrock_mantle)\//;
const WAY = /^(?:converse|converse_like|invoke|async_invoke|mantle)\//;
const REGION = /^([a-z]{2,}(?:-[a-z]+)+-\d+)\//;
const COMMITMENT = /^\d+-month-commitment\//;

/** As Anthropic names its own models, alone or behind its name. */
const ANTHROPIC = /^(?:anthropic\/)?(claude-[a-z0-9.-]+)$/;

/** Understands a model id in the spelling of another tool. An id of Bedrock is returned as it is. */
export function spellingOf(id: string, catalogue: Catalogue): Spelling {
  const withoutProvider = id.replace(PROVIDER, '');
  if (withoutProvider !== id) {
    const rest = withoutProvider.replace(WAY, '');
    const region = REGION.exec(rest)?.[1];
    const named = (region === undefined ? rest : rest.slice(region.length + 1)).replace(COMMITMENT, '');
    return { modelId: anthropicId(named, catalogue) ?? named, region, isOther: true };
  }
  const modelId = anthropicId(id, catalogue);
  return { modelId: modelId ?? id, isOther: modelId !== undefined };
}

/** The id of the catalogue that only adds to the name: a date, a version. Undefined where there is none, or several. */
function anthropicId(id: string, catalogue: Catalogue): string | undefined {
  const [, name] = ANTHROPIC.exec(id) ?? [];
  if (name === undefined) return undefined;
  const wanted = `anthropic.${name.replaceAll('.', '-')}`;
  if (catalogue.model(wanted)) return wanted;
  const adds = new RegExp(`^${wanted}(?:-\\d{8})?(?:-v\\d+(?::\\d+)?)?$`);
  const found = catalogue.lines<{ model: string }>('model').filter(({ model }) => adds.test(model));
  return found.length === 1 ? found[0]!.model : undefined;
}

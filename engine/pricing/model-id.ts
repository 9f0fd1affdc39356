import type { Catalogue } from './catalogue';
import { splitGeography } from './geographies';
import type { ResolvedModel } from './types';

/** The id of the model or inference profile behind an ARN that does not name it; undefined while that is not known. */
export type ProfileLookup = (arn: string) => string | undefined;

/** How the tokens of a resource are billed, by the resource type of its ARN. */
const ARN_TYPES: Readonly<Record<string, 'id' | 'lookup' | 'hourly' | 'deployment' | 'router'>> = {
  'foundation-model': 'id',
  'inference-profile': 'id',
  'application-inference-profile': 'lookup',
  'provisioned-model': 'hourly',
  'custom-model': 'hourly',
  'imported-model': 'hourly',
  'custom-model-deployment': 'deployment',
  'prompt-router': 'router',
  'default-prompt-router': 'router',
};

const ARN = /^arn:aws[a-z-]*:([a-z0-9-]+):[a-z0-9-]*:\d*:([a-z0-9-]+)\/(.+)$/;

/** `:24k`, `:300k`, `:mm` and `:512` after a version, and `[1m]`: the length of context that was asked for, at the same price. */
const CONTEXT_SUFFIX = /(?:\[\d+[km]\]|:\d+k|(?<=:\d+):(?:mm|\d+))$/;

/**
 * Finds the model that carries the price of a model id, in every form in which Bedrock logs one: bare id, profile id or ARN
 * ("modelId" of InvokeModel in the Bedrock API reference lists them). Ids must match exactly: a similar id is no match.
 */
export function resolveModel(modelId: string, catalogue: Catalogue, profiles?: ProfileLookup): ResolvedModel {
  const [, service, type, name] = ARN.exec(modelId) ?? [];
  if (!service || !type || !name) return resolveId(modelId, modelId, catalogue);
  if (service === 'sagemaker') return unpriced(modelId, 'Marketplace endpoints are billed by their instances, not by tokens');

  switch (ARN_TYPES[type]) {
    case 'id':
      return resolveId(modelId, name, catalogue);
    case 'lookup':
      return behindArn(modelId, catalogue, profiles) ?? unpriced(modelId, 'the application inference profile is not resolved to a model');
    case 'hourly':
      return hourly(modelId, behindArn(modelId, catalogue, profiles));
    case 'deployment':
      // On demand, a deployed custom model bills tokens at the rates of its base model, which only the user can name.
      return withFlag(behindArn(modelId, catalogue, profiles) ?? hourly(modelId), 'customDeployment');
    case 'router':
      return unpriced(modelId, 'a prompt router does not tell which model answered');
    default:
      return unpriced(modelId, 'the ARN is not of a kind that is known to have prices');
  }
}

function resolveId(modelId: string, name: string, catalogue: Catalogue): ResolvedModel {
  const { geography, model: bareId } = splitGeography(name);
  const found = {
    modelId,
    routing: geography === 'global' ? ('global' as const) : ('regional' as const),
    ...(geography !== undefined && { geography }),
    hourly: false,
  };
  const priced = pricedModel(bareId, catalogue);
  if (priced) return { ...found, ...priced };

  const unknownPrefix = geography === undefined ? prefixOfKnownModel(name, catalogue) : undefined;
  if (unknownPrefix !== undefined) {
    return { ...unpriced(modelId, `'${unknownPrefix}' is not a known routing prefix`), flags: ['unknownGeography'] };
  }
  return { ...found, unpriced: 'the model is not in the price catalogue', flags: [] };
}

/** The model in the catalogue that carries the price of an id without a routing prefix. */
function pricedModel(id: string, catalogue: Catalogue): { model: string; flags: string[] } | undefined {
  const withoutContext = id.replace(CONTEXT_SUFFIX, '');
  for (const candidate of withoutContext === id ? [id] : [id, withoutContext]) {
    if (catalogue.model(candidate)) return { model: candidate, flags: [] };
    const aliasOf = catalogue.aliasOf(candidate);
    if (aliasOf) return { model: aliasOf, flags: ['alias'] };
  }
  return undefined;
}

function prefixOfKnownModel(name: string, catalogue: Catalogue): string | undefined {
  const dot = name.indexOf('.');
  return dot > 0 && pricedModel(name.slice(dot + 1), catalogue) ? name.slice(0, dot) : undefined;
}

function behindArn(arn: string, catalogue: Catalogue, profiles?: ProfileLookup): ResolvedModel | undefined {
  const target = profiles?.(arn);
  if (target === undefined) return undefined;
  const resolved = resolveModel(target, catalogue);
  const reason = resolved.unpriced && `it stands for another model: ${resolved.unpriced}`;
  return { ...resolved, modelId: arn, ...(reason && { unpriced: reason }) };
}

function hourly(modelId: string, base?: ResolvedModel): ResolvedModel {
  const flags = [...(base?.flags ?? []), 'hourlyCapacity'];
  return { modelId, ...(base?.model && { model: base.model }), routing: 'regional', hourly: true, flags };
}

function withFlag(resolved: ResolvedModel, flag: string): ResolvedModel {
  return { ...resolved, flags: [...resolved.flags, flag] };
}

function unpriced(modelId: string, reason: string): ResolvedModel {
  return { modelId, routing: 'regional', hourly: false, unpriced: reason, flags: [] };
}

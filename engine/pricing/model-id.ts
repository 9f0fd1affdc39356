import type { Catalogue } from './catalogue';
import type { ResolvedModel } from './types';

/** The model or inference profile behind an ARN that does not tell, or undefined while it is not known. */
export type ProfileLookup = (arn: string) => string | undefined;

/** The prefixes of cross-Region inference profiles. An unknown one is flagged, never peeled. */
const GEOGRAPHIES: ReadonlySet<string> = new Set(['global', 'us', 'us-gov', 'eu', 'apac', 'ap', 'jp', 'au', 'ca', 'in', 'kr']);

/** What an ARN of Bedrock can name, and how its tokens are billed. */
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

/** `:24k`, `:300k`, `:mm` and `:512` after a version, and `[1m]`: how much context was asked for, not another price. */
const CONTEXT_SUFFIX = /(?:\[\d+[km]\]|:\d+k|(?<=:\d+):(?:mm|\d+))$/;

/**
 * Takes a model id apart, in every form in which Bedrock logs one. Matches are exact: a similar id is no match.
 */
export function resolveModel(modelId: string, catalogue: Catalogue, profiles?: ProfileLookup): ResolvedModel {
  const [, service, type, name] = ARN.exec(modelId) ?? [];
  if (!service || !type || !name) return resolveId(modelId, modelId, catalogue);
  if (service === 'sagemaker') return unpriced(modelId, 'Marketplace endpoints are billed by their instances, not by tokens');

  switch (ARN_TYPES[type]) {
    case 'id':
      return resolveId(modelId, name, catalogue);
    case 'lookup':
      return behind(modelId, catalogue, profiles) ?? unpriced(modelId, 'the application inference profile is not resolved to a model');
    case 'hourly':
      return hourly(modelId, behind(modelId, catalogue, profiles));
    case 'deployment':
      // On demand, a deployed custom model bills tokens at the rates of its base model; only the caller can tell which that is.
      return withFlag(behind(modelId, catalogue, profiles), 'customDeployment') ?? withFlag(hourly(modelId), 'customDeployment')!;
    case 'router':
      return unpriced(modelId, 'a prompt router does not tell which model answered');
    default:
      return unpriced(modelId, 'the ARN is not of a kind that is known to have prices');
  }
}

function resolveId(modelId: string, name: string, catalogue: Catalogue): ResolvedModel {
  const dot = name.indexOf('.');
  const prefix = dot > 0 ? name.slice(0, dot) : '';
  const known = GEOGRAPHIES.has(prefix);
  const model = priced(known ? name.slice(dot + 1) : name, catalogue);
  const found = {
    modelId,
    routing: prefix === 'global' ? ('global' as const) : ('regional' as const),
    ...(known && { geography: prefix }),
    hourly: false,
  };
  if (model) return { ...found, model: model.id, flags: model.flags };

  if (!known && prefix && priced(name.slice(dot + 1), catalogue)) {
    return { ...unpriced(modelId, `'${prefix}' is not a known routing prefix`), flags: ['unknownGeography'] };
  }
  return { ...found, unpriced: 'the model is not in the price catalogue', flags: [] };
}

/** The id in the catalogue that carries the price of an id without a routing prefix. */
function priced(id: string, catalogue: Catalogue): { id: string; flags: string[] } | undefined {
  const base = id.replace(CONTEXT_SUFFIX, '');
  for (const candidate of base === id ? [id] : [id, base]) {
    if (catalogue.model(candidate)) return { id: candidate, flags: [] };
    const of = catalogue.aliasOf(candidate);
    if (of) return { id: of, flags: ['alias'] };
  }
  return undefined;
}

function behind(arn: string, catalogue: Catalogue, profiles?: ProfileLookup): ResolvedModel | undefined {
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

function withFlag(resolved: ResolvedModel | undefined, flag: string): ResolvedModel | undefined {
  return resolved && { ...resolved, flags: [...resolved.flags, flag] };
}

function unpriced(modelId: string, reason: string): ResolvedModel {
  return { modelId, routing: 'regional', hourly: false, unpriced: reason, flags: [] };
}

import type { Catalogue } from './catalogue';
import { splitGeography } from './geographies';
import type { ResolvedModel } from './types';

/** The id of the model or inference profile behind an ARN that does not name it; undefined while that is not known. */
export type ProfileLookup = (arn: string) => string | undefined;

type ArnType = 'id' | 'profile' | 'prompt' | 'hourly' | 'deployment' | 'router';

/** How the tokens of a resource are billed, by the resource type of its ARN. */
const ARN_TYPES: ReadonlyMap<string, ArnType> = new Map([
  ['foundation-model', 'id'],
  ['inference-profile', 'id'],
  ['application-inference-profile', 'profile'],
  ['prompt', 'prompt'],
  ['provisioned-model', 'hourly'],
  ['custom-model', 'hourly'],
  ['imported-model', 'hourly'],
  ['custom-model-deployment', 'deployment'],
  ['prompt-router', 'router'],
  ['default-prompt-router', 'router'],
]);

/** Why an ARN whose model the user or a record must name has no price without that name. */
const NOT_RESOLVED = {
  profile: 'the application inference profile is not resolved to a model',
  prompt: 'the prompt is not resolved to a model: name its model in the profile map',
  deployment: 'a custom model deployment is billed by the token, and its base model is not known: name it in the profile map',
  router: 'a prompt router does not tell which model answered',
} as const;

const NONE: ReadonlySet<string> = new Set();

const ARN = /^arn:aws[a-z-]*:([a-z0-9-]+):[a-z0-9-]*:\d*:([a-z0-9-]+)\/(.+)$/;

/** `:24k`, `:300k`, `:mm` and `:512` after a version, and `[1m]`: the length of context that was asked for, at the same price. */
const CONTEXT_SUFFIX = /(?:\[\d+[km]\]|:\d+k|(?<=:\d+):(?:mm|\d+))$/;

/**
 * Finds the model that carries the price of a model id, in every form in which Bedrock logs one: bare id, profile id or ARN
 * ("modelId" of InvokeModel in the Bedrock API reference lists them). Ids must match exactly: a similar id is no match.
 *
 * @param newModels ids and ARNs that the user gives a price and the catalogue does not have
 */
export function resolveModel(
  modelId: string,
  catalogue: Catalogue,
  profiles?: ProfileLookup,
  newModels: ReadonlySet<string> = NONE,
): ResolvedModel {
  const resolved = resolve(modelId, { catalogue, newModels }, profiles);
  if (resolved.model !== undefined) {
    const rows = catalogue.rows(resolved.model);
    const title = catalogue.title(resolved.model);
    const named = title === undefined ? resolved : { ...resolved, title };
    return rows.length === 0 ? named : { ...named, hasOutput: rows.some(({ rates }) => 'output' in rates || 'speechOutput' in rates) };
  }
  const isNew = newModels.has(modelId) && !resolved.hourly;
  return isNew ? { modelId, model: modelId, routing: resolved.routing, hourly: false, flags: [] } : resolved;
}

/** Whether the profile map is asked for the model behind an id. Every other ARN names its model, or has no price. */
export function asksProfiles(modelId: string): boolean {
  const type = arnOf(modelId)?.type;
  return type !== undefined && type !== 'id';
}

export function isPromptRouter(modelId: string): boolean {
  return arnOf(modelId)?.type === 'router';
}

/** A model id without what the same model has in several forms: the ARN around it and its routing prefix. */
export function bareModelId(modelId: string): string {
  const arn = arnOf(modelId);
  if (arn && arn.type !== 'id') return modelId;
  return splitGeography(arn?.name ?? modelId).model;
}

interface KnownModels {
  readonly catalogue: Catalogue;
  readonly newModels: ReadonlySet<string>;
}

interface Arn {
  readonly service: string;
  readonly type?: ArnType;
  readonly name: string;
}

function arnOf(modelId: string): Arn | undefined {
  const [, service, type, name] = ARN.exec(modelId) ?? [];
  if (service === undefined || type === undefined || name === undefined) return undefined;
  return { service, name, ...(service === 'bedrock' && { type: ARN_TYPES.get(type) }) };
}

function resolve(modelId: string, known: KnownModels, profiles?: ProfileLookup): ResolvedModel {
  const arn = arnOf(modelId);
  if (!arn) return resolveId(modelId, modelId, known);
  const { service, type, name } = arn;
  if (service === 'sagemaker') return unpriced(modelId, 'Marketplace endpoints are billed by their instances, not by tokens');
  if (type === undefined) return unpriced(modelId, 'the ARN is not of a kind that is known to have prices');
  if (type === 'id') return resolveId(modelId, name, known);

  const behind = behindArn(modelId, known, profiles);
  if (type === 'hourly') return hourly(modelId, behind);
  const resolved = behind ?? unpriced(modelId, NOT_RESOLVED[type]);
  return type === 'deployment' ? { ...resolved, flags: [...resolved.flags, 'customDeployment'] } : resolved;
}

function resolveId(modelId: string, name: string, known: KnownModels): ResolvedModel {
  const { geography, model: bareId } = splitGeography(name);
  const found = {
    modelId,
    routing: geography === 'global' ? ('global' as const) : ('regional' as const),
    ...(geography !== undefined && { geography }),
    hourly: false,
  };
  const priced = pricedModel(bareId, known);
  if (priced) return { ...found, ...priced };

  const unknownPrefix = geography === undefined ? prefixOfKnownModel(name, known) : undefined;
  if (unknownPrefix !== undefined) {
    return { ...unpriced(modelId, `'${unknownPrefix}' is not a known routing prefix`), flags: ['unknownGeography'] };
  }
  return { ...found, unpriced: 'the model is not in the price catalogue', flags: [] };
}

/** The model that carries the price of an id without a routing prefix. */
function pricedModel(id: string, { catalogue, newModels }: KnownModels): { model: string; flags: string[] } | undefined {
  const withoutContext = id.replace(CONTEXT_SUFFIX, '');
  for (const candidate of withoutContext === id ? [id] : [id, withoutContext]) {
    if (catalogue.model(candidate)) return { model: candidate, flags: [] };
    const aliasOf = catalogue.aliasOf(candidate);
    if (aliasOf) return { model: aliasOf, flags: ['alias'] };
    if (newModels.has(candidate)) return { model: candidate, flags: [] };
  }
  return undefined;
}

function prefixOfKnownModel(name: string, known: KnownModels): string | undefined {
  const dot = name.indexOf('.');
  return dot > 0 && pricedModel(name.slice(dot + 1), known) ? name.slice(0, dot) : undefined;
}

function behindArn(arn: string, { catalogue, newModels }: KnownModels, profiles?: ProfileLookup): ResolvedModel | undefined {
  const target = profiles?.(arn);
  if (target === undefined) return undefined;
  const resolved = resolveModel(target, catalogue, undefined, newModels);
  const reason = resolved.unpriced && `it stands for another model: ${resolved.unpriced}`;
  return { ...resolved, modelId: arn, ...(reason && { unpriced: reason }) };
}

function hourly(modelId: string, base?: ResolvedModel): ResolvedModel {
  const flags = [...(base?.flags ?? []), 'hourlyCapacity'];
  return { modelId, ...(base?.model && { model: base.model }), routing: 'regional', hourly: true, flags };
}

function unpriced(modelId: string, reason: string): ResolvedModel {
  return { modelId, routing: 'regional', hourly: false, unpriced: reason, flags: [] };
}

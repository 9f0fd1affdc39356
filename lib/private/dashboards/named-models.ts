import { Token } from 'aws-cdk-lib';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { modelTitle } from '../../../engine/pricing/model-title';
import { COLOR } from './token-style';

/** A model, or several inference profiles of it, as every graph shows it. */
export interface NamedModel {
  readonly name: string;
  readonly color: string;
  /** Its ids as CloudWatch has them in dimensions: the model itself, and its profiles. */
  readonly ids: readonly string[];
}

/**
 * The models that graphs show by name, each in the same colour everywhere. CloudWatch cannot give a colour or a name to what a
 * search finds, so each of them has an expression of its own; all others are added up. To name one more, add one line: models of
 * the catalogue that are not retired.
 */
export const MODEL_COLORS: Readonly<Record<string, string>> = {
  'anthropic.claude-opus-5-5': '#5e3a9c',
  'anthropic.claude-opus-5': '#9467bd',
  'anthropic.claude-opus-4-8': '#b58ad6',
  'anthropic.claude-opus-4-7': '#7a4fb0',
  'anthropic.claude-opus-4-6-v1': '#a45bb8',
  'anthropic.claude-opus-4-5-20251101-v1:0': '#c07fc4',
  'anthropic.claude-sonnet-5-5': '#1f5fa8',
  'anthropic.claude-sonnet-5': '#5b9bd5',
  'anthropic.claude-sonnet-4-6': '#3b78c4',
  'anthropic.claude-sonnet-4-5-20250929-v1:0': '#7fb2e5',
  'anthropic.claude-haiku-5-5': '#1b8a8f',
  'anthropic.claude-haiku-4-5-20251001-v1:0': '#4aa8c0',
  'amazon.nova-pro-v1:0': '#e07b27',
  'amazon.nova-lite-v1:0': '#f0a35e',
  'amazon.nova-micro-v1:0': '#d4a017',
  'amazon.nova-2-lite-v1:0': '#b8860b',
  'meta.llama4-maverick-17b-instruct-v1:0': '#2f9e77',
  'meta.llama3-3-70b-instruct-v1:0': '#6fbf9a',
  'openai.gpt-oss-120b-1:0': '#6b8e23',
  'deepseek.v3.2': '#c44e7b',
  'qwen.qwen3-32b-v1:0': '#a0522d',
  'mistral.mistral-large-3-675b-instruct': '#8a6d4b',
  'amazon.titan-embed-text-v2:0': '#708090',
  'cohere.embed-v4:0': '#5f9ea0',
};

/** CloudWatch takes at most 100 searches in a graph. Source: CloudWatch User Guide, "CloudWatch search expression syntax". */
const MAX_SEARCHES = 96;

/** Colours of models that the user names, in their order. */
const FURTHER_COLORS = ['#e377c2', '#17becf', '#bcbd22', '#d62728', '#2ca02c', '#ff9896', '#8c564b', '#98df8a', '#c5b0d5', '#ffbb78'];

/** The routing prefixes of inference profiles, by the beginning of the Regions in which they can be called. */
const GEOGRAPHIES: ReadonlyArray<readonly [geography: string, regions: RegExp]> = [
  ['global', /^/],
  ['us', /^(us|ca)-(?!gov)/],
  ['us-gov', /^us-gov-/],
  ['ca', /^ca-/],
  ['eu', /^eu-/],
  ['apac', /^ap-/],
  ['ap', /^ap-/],
  ['jp', /^ap-northeast-/],
  ['au', /^ap-southeast-/],
  ['in', /^ap-south-/],
  ['kr', /^ap-northeast-/],
];

/** The models that graphs show by name: first those of the user, then those of the library. */
export function namedModels(modelNames: { [modelId: string]: string } = {}, regions: readonly string[] = []): NamedModel[] {
  const catalogue = Catalogue.builtIn();
  const ofUser = Object.entries(modelNames);
  const byName = new Map<string, NamedModel>();
  for (const [id, name] of ofUser) {
    const known = byName.get(name);
    const color = MODEL_COLORS[id] ?? known?.color ?? FURTHER_COLORS[byName.size % FURTHER_COLORS.length]!;
    byName.set(name, { name, color, ids: [...(known?.ids ?? []), ...(catalogue.model(id) ? profilesOf(id, regions) : [id])] });
  }
  const named = [...byName.values()].flatMap(({ ids }) => ids);
  const ofLibrary = Object.entries(MODEL_COLORS)
    .filter(([id]) => !named.includes(id))
    .map(([id, color]) => ({ name: modelTitle(catalogue.model(id)!), color, ids: profilesOf(id, regions) }))
    .filter(({ name }) => !byName.has(name));
  return [...byName.values(), ...ofLibrary].slice(0, Math.floor(MAX_SEARCHES / Math.max(regions.length, 1)));
}

/** The model itself, and its profiles in the Regions; all profiles where a Region is known only at the deployment. */
function profilesOf(id: string, regions: readonly string[]): string[] {
  const isAnywhere = regions.length === 0 || regions.some((region) => Token.isUnresolved(region));
  const geographies = GEOGRAPHIES.filter(([, pattern]) => isAnywhere || regions.some((region) => pattern.test(region)));
  return [id, ...geographies.map(([geography]) => `${geography}.${id}`)];
}

/** The name and colour of everything that is not named. */
export const OTHER_MODELS = { label: 'Other models', color: COLOR.QUIET };

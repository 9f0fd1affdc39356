import { ModelInfo } from '../../../engine/pricing/catalogue';
import { builtInModels } from '../built-in-catalogue';
import { COLOR } from './token-style';

/** A model, or several inference profiles of it, as every graph shows it. */
export interface NamedModel {
  readonly name: string;
  readonly color: string;
  /** What finds it in a search: all its profiles, in any Region. */
  readonly terms: string;
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

/** DeepSeek's models have no name of their own without their vendor. */
const VENDOR = /^(?!deepseek)[a-z0-9]+\./;
/** What an id may have at its end: the day of the model, and the version of the interface. */
const VERSION = /(?:-\d{8})?(?:-v\d+(?=$|:)|-\d(?=:))?(?::\d+)?$/;

/** The models that graphs show by name: first those of the user, then those of the library. */
export function namedModels(modelNames: { [modelId: string]: string } = {}, regions = 1): NamedModel[] {
  const catalogue = builtInModels();
  const known = catalogue.lines<ModelInfo>('model').map(({ model }) => model);
  const stems = stemsOf(known);
  const byName = new Map<string, string[]>();
  for (const [id, name] of Object.entries(modelNames)) {
    byName.set(name, [...(byName.get(name) ?? []), id]);
  }
  const termOf = (id: string) => (known.includes(id) ? searchTerm(id, stems) : `"${id}"`);
  const ofUser = [...byName].map(([name, ids], index) => ({
    name,
    color: ids.map((id) => MODEL_COLORS[id]).find((color) => color !== undefined) ?? FURTHER_COLORS[index % FURTHER_COLORS.length]!,
    terms: ids.length === 1 ? termOf(ids[0]!) : `(${ids.map((id) => `(${termOf(id)})`).join(' OR ')})`,
  }));
  const ofLibrary = Object.entries(MODEL_COLORS)
    .filter(([id]) => !(id in modelNames))
    .map(([id, color]) => ({ name: catalogue.title(id)!, color, terms: searchTerm(id, stems) }))
    .filter(({ name }) => !byName.has(name));
  return [...ofUser, ...ofLibrary].slice(0, Math.floor(MAX_SEARCHES / Math.max(regions, 1)));
}

/**
 * A search finds what has the words of a term one after the other, so a term without prefix and version finds every profile of a
 * model: `claude-opus-4-7` finds `us.anthropic.claude-opus-4-7`. It would find longer names, too, which are excluded by name.
 * Source: CloudWatch User Guide, "CloudWatch search expressions: Partial matches".
 */
function searchTerm(id: string, { timesOfStem, wordsOfStem }: Stems): string {
  const stem = stemOf(id);
  const term = timesOfStem.get(stem) === 1 ? stem : id.replace(VENDOR, '').replace(/:\d+$/, '');
  const words = ` ${wordsOf(term)} `;
  const longer = [...wordsOfStem].filter(([other, otherWords]) => other !== stem && otherWords.includes(words));
  return [term, ...longer.map(([other]) => `NOT ${other}`)].join(' ');
}

/** The stems of all models of the catalogue. Computed once: dashboards ask for two dozen models. */
interface Stems {
  readonly timesOfStem: ReadonlyMap<string, number>;
  readonly wordsOfStem: ReadonlyMap<string, string>;
}

function stemsOf(known: readonly string[]): Stems {
  const timesOfStem = new Map<string, number>();
  known.map(stemOf).forEach((stem) => timesOfStem.set(stem, (timesOfStem.get(stem) ?? 0) + 1));
  return { timesOfStem, wordsOfStem: new Map([...timesOfStem.keys()].map((stem) => [stem, ` ${wordsOf(stem)} `])) };
}

const stemOf = (id: string): string => id.replace(VENDOR, '').replace(VERSION, '');

const wordsOf = (text: string): string => (text.match(/[a-z]+|\d+/gi) ?? []).join(' ').toLowerCase();

/** The name and colour of everything that is not named. */
export const OTHER_MODELS = { label: 'Other models', color: COLOR.QUIET };

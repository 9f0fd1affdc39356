import type { ModelInfo } from './catalogue';

/** Models whose name in the Price List is that of another model, a part of an id, or not what people say. One row each. */
const TITLES: Readonly<Record<string, string>> = {
  'ai21.j2-mid-v1': 'Jurassic-2 Mid',
  'ai21.j2-ultra-v1': 'Jurassic-2 Ultra',
  'amazon.nova-2-multimodal-embeddings-v1:0': 'Nova Multimodal Embeddings',
  'amazon.nova-reel-v1:1': 'Nova Reel 1.1',
  'amazon.rerank-v1:0': 'Amazon Rerank 1.0',
  'amazon.titan-embed-g1-text-02': 'Titan Embeddings G1 - Text 02',
  'amazon.titan-image-generator-v1': 'Titan Image Generator G1',
  'anthropic.claude-3-5-sonnet-20241022-v2:0': 'Claude 3.5 Sonnet v2',
  'anthropic.claude-v1': 'Claude 1',
  'anthropic.claude-v2': 'Claude 2',
  'anthropic.claude-v2:1': 'Claude 2.1',
  'cohere.rerank-v3-5:0': 'Cohere Rerank 3.5',
  'deepseek.v3-v1:0': 'DeepSeek-V3.1',
  'luma.ray-v2:0': 'Luma Ray 2',
  'meta.llama2-13b-chat-v1': 'Llama 2 13B Chat',
  'meta.llama2-70b-chat-v1': 'Llama 2 70B Chat',
  'meta.llama3-1-405b-instruct-v1:0': 'Llama 3.1 405B Instruct',
  'meta.llama4-maverick-17b-instruct-v1:0': 'Llama 4 Maverick',
  'meta.llama4-scout-17b-instruct-v1:0': 'Llama 4 Scout',
  'stability.sd3-5-large-v1:0': 'Stable Diffusion 3.5 Large',
  'stability.sd3-large-v1:0': 'Stable Diffusion 3 Large',
  'stability.stable-diffusion-xl-v0': 'SDXL 0.8',
  'stability.stable-diffusion-xl-v1': 'SDXL 1.0',
  'stability.stable-image-core-v1:1': 'Stable Image Core 1.1',
  'stability.stable-image-ultra-v1:1': 'Stable Image Ultra 1.1',
};

/** Words that are not written like a name. */
const SPELLED: Readonly<Record<string, string>> = { gpt: 'GPT', glm: 'GLM', oss: 'OSS' };

/** What an id has at its end and a name has not: the version of the interface, and the day of the model. */
const VERSION = /(?:-\d{8})?(?:-v\d+)?(?::\d+)?$/;

/** A number of parameters: `235b`, `a22b`, `e2b`. */
const SIZE = /^[a-z]?\d+b$/;

/**
 * The name of each model as people say it, by its id. No two models have one name: those that would have it are named by their
 * ids, because a sum by name would mix them.
 */
export function modelTitles(models: readonly Pick<ModelInfo, 'model' | 'name'>[]): ReadonlyMap<string, string> {
  const titles = models.map((info) => [info.model, titleOf(info)] as const);
  const times = new Map<string, number>();
  for (const [, title] of titles) times.set(title.toLowerCase(), (times.get(title.toLowerCase()) ?? 0) + 1);
  return new Map(titles.map(([model, title]) => [model, times.get(title.toLowerCase()) === 1 ? title : model]));
}

/** The catalogue has the name of the Price List, or where none was found a part of the id, such as `claude-opus-4-8`. */
function titleOf({ model, name }: Pick<ModelInfo, 'model' | 'name'>): string {
  if (Object.hasOwn(TITLES, model)) return TITLES[model]!;
  if (/[A-Z ]/.test(name)) return name;
  const words = name.replace(VERSION, '').split('-');
  return words.reduce((title, word, index) => {
    const isMinorVersion = /^\d{1,2}$/.test(word) && /^\d{1,2}$/.test(words[index - 1] ?? '');
    return index === 0 ? titled(word) : `${title}${isMinorVersion ? '.' : ' '}${titled(word)}`;
  }, '');
}

const titled = (word: string): string =>
  SPELLED[word] ?? (SIZE.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1));

import type { ModelInfo } from './catalogue';

/** Words that are not written like a name. */
const SPELLED: Readonly<Record<string, string>> = { gpt: 'GPT', glm: 'GLM', oss: 'OSS' };

/** What an id has at its end and a name has not: the version of the interface, and the day of the model. */
const VERSION = /(?:-\d{8})?(?:-v\d+)?(?::\d+)?$/;

/**
 * The name of a model as people say it. The catalogue has the name of the Price List, or where none was found a part of the id,
 * such as `claude-opus-4-8`, of which a name is made.
 */
export function modelTitle({ name }: Pick<ModelInfo, 'name'>): string {
  if (/[A-Z ]/.test(name)) {
    return name;
  }
  const words = name.replace(VERSION, '').split('-');
  return words.reduce((title, word, index) => {
    const isMinorVersion = /^\d{1,2}$/.test(word) && /^\d{1,2}$/.test(words[index - 1] ?? '');
    return index === 0 ? titled(word) : `${title}${isMinorVersion ? '.' : ' '}${titled(word)}`;
  }, '');
}

const titled = (word: string): string => SPELLED[word] ?? word.charAt(0).toUpperCase() + word.slice(1);

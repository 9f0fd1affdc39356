import { isObject } from './json';
import { jsonText } from './json-text';

/** The members of request bodies that hold the prompt, as the model families spell them. */
const PROMPT_MEMBERS = ['system', 'messages', 'prompt', 'inputText', 'input', 'instructions', 'texts'] as const;

/** The text whose keyed hash stands for a prompt; undefined where the body has none. */
export function promptText(inputBody: unknown): string | undefined {
  if (!isObject(inputBody)) return undefined;
  const prompt = PROMPT_MEMBERS.filter((name) => inputBody[name] !== undefined).map((name) => [name, inputBody[name]]);
  return prompt.length === 0 ? undefined : jsonText(prompt);
}

import { createHmac } from 'node:crypto';
import { isObject } from '../records/json';

/** The parts of a request body that hold the prompt, in the families' spellings. */
const PROMPT = ['system', 'messages', 'prompt', 'inputText', 'input', 'instructions', 'texts'] as const;

/** A keyed hash of the prompt: tells repeated prompts without telling what they say. Undefined without a body. */
export function promptHash(inputBody: unknown, key: string): string | undefined {
  if (!isObject(inputBody)) {
    return undefined;
  }
  const prompt = PROMPT.filter((name) => inputBody[name] !== undefined).map((name) => [name, inputBody[name]]);
  return prompt.length === 0 ? undefined : createHmac('sha256', key).update(JSON.stringify(prompt)).digest('hex');
}

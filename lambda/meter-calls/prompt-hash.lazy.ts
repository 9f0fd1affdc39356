import { createHmac } from 'node:crypto';
import type { PromptHash } from '../../engine/metering/meter-environment';
import { promptText } from '../../engine/records/prompt-text';
import { secretText } from './get-secret.lazy.js';

/** A hash whose key is the text of a secret. */
export async function promptHashWith(secretArn: string, abortSignal?: AbortSignal): Promise<PromptHash> {
  const key = await secretText(secretArn, abortSignal);
  if (key === '') {
    throw new Error('the secret has no text');
  }
  return keyedHash(key);
}

/** Equal prompts have equal hashes. The key keeps anyone without it from trying out what a prompt may have been. */
export function keyedHash(key: string): PromptHash {
  return (inputBody) => {
    const text = promptText(inputBody);
    return text === undefined ? undefined : createHmac('sha256', key).update(text).digest('hex');
  };
}

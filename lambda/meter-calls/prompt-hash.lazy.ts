import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { PromptHash } from '../../engine/metering/meter-environment';
import { isObject } from '../../engine/records/json';
import { ATTEMPT } from '../shared/deadline';
import { jsonText } from './json-text';

/** The members of request bodies that hold the prompt, as the model families spell them. */
const PROMPT_MEMBERS = ['system', 'messages', 'prompt', 'inputText', 'input', 'instructions', 'texts'] as const;

/** A hash whose key is the text of a secret. */
export async function promptHashWith(secretArn: string, abortSignal?: AbortSignal): Promise<PromptHash> {
  const client = new SecretsManagerClient({ requestHandler: ATTEMPT });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }), { abortSignal });
  if (!SecretString) {
    throw new Error('the secret has no text');
  }
  return keyedHash(SecretString);
}

/** Equal prompts have equal hashes. The key keeps anyone without it from trying out what a prompt may have been. */
export function keyedHash(key: string): PromptHash {
  return (inputBody) => {
    if (!isObject(inputBody)) {
      return undefined;
    }
    const prompt = PROMPT_MEMBERS.filter((name) => inputBody[name] !== undefined).map((name) => [name, inputBody[name]]);
    return prompt.length === 0 ? undefined : createHmac('sha256', key).update(jsonText(prompt)).digest('hex');
  };
}

import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { isObject } from '../../engine/records/json';
import type { PromptHash } from '../../engine/metering/meter-environment';

/** The parts of a request body that hold the prompt, in the families' spellings. */
const PROMPT = ['system', 'messages', 'prompt', 'inputText', 'input', 'instructions', 'texts'] as const;

/** A hash keyed with the text of a secret. */
export async function promptHashWith(secretArn: string): Promise<PromptHash> {
  const client = new SecretsManagerClient({ requestHandler: { requestTimeout: 3000, connectionTimeout: 1000 } });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  if (!SecretString) {
    throw new Error('the secret has no text');
  }
  return keyedHash(SecretString);
}

/** Tells repeated prompts without telling what they say. */
export function keyedHash(key: string): PromptHash {
  return (inputBody) => {
    const prompt = isObject(inputBody) ? PROMPT.flatMap((name) => (inputBody[name] === undefined ? [] : [[name, inputBody[name]]])) : [];
    return prompt.length === 0 ? undefined : createHmac('sha256', key).update(JSON.stringify(prompt)).digest('hex');
  };
}

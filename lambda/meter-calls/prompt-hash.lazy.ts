import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { PromptHash } from '../../engine/metering/meter-environment';
import { promptText } from '../../engine/records/prompt-text';
import { ATTEMPT } from '../shared/deadline';

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
    const text = promptText(inputBody);
    return text === undefined ? undefined : createHmac('sha256', key).update(text).digest('hex');
  };
}

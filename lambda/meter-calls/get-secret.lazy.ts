import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ATTEMPT } from '../shared/deadline';

/** The text of a secret, or nothing if it has none. */
export async function secretText(secretArn: string, abortSignal?: AbortSignal): Promise<string> {
  const client = new SecretsManagerClient({ requestHandler: ATTEMPT });
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }), { abortSignal });
  return SecretString;
}

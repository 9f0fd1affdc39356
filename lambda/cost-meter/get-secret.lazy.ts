import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** The text of a secret. */
export async function getSecret(secretArn: string): Promise<string> {
  const client = new SecretsManagerClient({ requestHandler: { requestTimeout: 3000, connectionTimeout: 1000 } });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  if (!SecretString) {
    throw new Error('the secret has no text');
  }
  return SecretString;
}

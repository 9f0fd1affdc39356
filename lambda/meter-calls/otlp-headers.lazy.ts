import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ATTEMPT } from '../shared/deadline';
import { parseHeaders } from './otlp-headers';

/** Headers that are the text of a secret. */
export async function headersOf(secretArn: string, abortSignal?: AbortSignal): Promise<Record<string, string>> {
  const client = new SecretsManagerClient({ requestHandler: ATTEMPT });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }), { abortSignal });
  return parseHeaders(SecretString ?? '');
}

import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { keyedHash, promptHashWith } from '../../../lambda/meter-calls/prompt-hash.lazy';
import { answering } from '../aws-clients';

afterEach(() => jest.restoreAllMocks());

test('the key is the text of a secret', async () => {
  const asked = answering(SecretsManagerClient, { GetSecretValueCommand: () => ({ SecretString: 'key' }) });
  const hash = await promptHashWith('arn:secret');
  expect(hash({ prompt: 'a' })).toBe(keyedHash('key')({ prompt: 'a' }));
  expect(asked).toEqual([['GetSecretValueCommand', { SecretId: 'arn:secret' }]]);
});

test('fails on a secret without text', async () => {
  answering(SecretsManagerClient, { GetSecretValueCommand: () => ({}) });
  await expect(promptHashWith('arn:secret')).rejects.toThrow('the secret has no text');
});

test.each([
  ['another prompt', { prompt: 'b' }],
  ['the same text in another member', { inputText: 'a' }],
  ['a further system prompt', { prompt: 'a', system: 'be brief' }],
])('%s has another hash', (_, body) => {
  expect(keyedHash('key')(body)).not.toBe(keyedHash('key')({ prompt: 'a' }));
});

test('another key gives another hash', () => {
  expect(keyedHash('other')({ prompt: 'a' })).not.toBe(keyedHash('key')({ prompt: 'a' }));
});

test.each([[undefined], ['a'], [{}], [{ temperature: 1 }]])('%j has no prompt and no hash', (body) => {
  expect(keyedHash('key')(body)).toBeUndefined();
});

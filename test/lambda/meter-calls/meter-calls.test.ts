import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BedrockClient } from '@aws-sdk/client-bedrock';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { APPLICATION_PROFILE_ARN, converse, numbered } from '../../fixtures/invocation-records';
import { subscriptionEvent } from '../../engine/metering/harness';
import { answering, writtenLines } from '../aws-clients';

const CATALOGUE = readFileSync(join(__dirname, '../../../engine/pricing/catalogue.ndjson'), 'utf8');
const OVERRIDES = JSON.stringify({ discounts: [{ provider: 'Anthropic', percent: 50, name: 'EDP' }] });
const MODEL_ARN = 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-6';

type Line = Record<string, unknown>;

/** The ledger lines of calls of an application inference profile, metered by a handler that is loaded with an environment. */
async function ledger(env: Record<string, string>, ...bodies: unknown[]): Promise<Line[]> {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const records = [1, 2].map((number) => ({
    ...numbered(converse, number),
    timestamp: now,
    modelId: APPLICATION_PROFILE_ARN,
    ...(bodies.length > 0 && { input: { inputTokenCount: 1, inputBodyJson: bodies[number - 1] } }),
  }));
  const before = { ...process.env };
  Object.assign(process.env, { LEDGER: 'perCall', ...env });
  let lines: string[] = [];
  try {
    await jest.isolateModulesAsync(async () => {
      // The clients of this file, so that what is spied on here is what the handler uses.
      jest.doMock('@aws-sdk/client-s3', () => ({ ...jest.requireActual<object>('@aws-sdk/client-s3'), S3Client }));
      jest.doMock('@aws-sdk/client-bedrock', () => ({ ...jest.requireActual<object>('@aws-sdk/client-bedrock'), BedrockClient }));
      jest.doMock('@aws-sdk/client-secrets-manager', () => ({
        ...jest.requireActual<object>('@aws-sdk/client-secrets-manager'),
        SecretsManagerClient,
      }));
      const { handler } = jest.requireActual<typeof import('../../../lambda/meter-calls/index')>('../../../lambda/meter-calls/index');
      lines = await writtenLines(() => handler(subscriptionEvent(records)));
    });
  } finally {
    process.env = before;
  }
  return lines.map((line) => JSON.parse(line) as Line).filter((line) => line.ledger === 1);
}

let profiles: ReturnType<typeof answering>;

beforeEach(() => {
  profiles = answering(BedrockClient, { GetInferenceProfileCommand: () => ({ models: [{ modelArn: MODEL_ARN }, {}] }) });
});

afterEach(() => jest.restoreAllMocks());

test('prices calls of an application inference profile with the built-in prices, and asks for it once', async () => {
  const lines = await ledger({});
  expect(lines.map(({ status, model }) => [status, model])).toEqual(Array(2).fill(['priced', 'anthropic.claude-sonnet-4-6']));
  expect(profiles).toEqual([['GetInferenceProfileCommand', { inferenceProfileIdentifier: APPLICATION_PROFILE_ARN }]]);
});

test("prices with the refreshed catalogue and the user's own prices, both from buckets, and hashes prompts", async () => {
  const stored: Record<string, string> = { 'catalogue.ndjson': CATALOGUE, 'own.json': OVERRIDES };
  const objects = answering(S3Client, { GetObjectCommand: ({ Key }) => ({ Body: { transformToString: () => stored[String(Key)] } }) });
  answering(SecretsManagerClient, { GetSecretValueCommand: () => ({ SecretString: 'key' }) });
  const [line] = await ledger({
    CATALOGUE_BUCKET: 'prices',
    CATALOGUE_KEY: 'catalogue.ndjson',
    PRICE_OVERRIDES_BUCKET: 'assets',
    PRICE_OVERRIDES_KEY: 'own.json',
    PROMPT_HASH_SECRET_ARN: 'arn:secret',
  });
  expect(line).toMatchObject({
    status: 'priced',
    priceRow: expect.stringMatching(/^EDP\+/),
    promptHash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(objects.map(([, { Bucket, Key }]) => `${String(Bucket)}/${String(Key)}`)).toEqual(['assets/own.json', 'prices/catalogue.ndjson']);
});

test('hashes all of a prompt, however long it is', async () => {
  answering(SecretsManagerClient, { GetSecretValueCommand: () => ({ SecretString: 'key' }) });
  const [one, other] = await ledger(
    { PROMPT_HASH_SECRET_ARN: 'arn:secret' },
    { prompt: `${'x'.repeat(9000)}1` },
    { prompt: `${'x'.repeat(9000)}2` },
  );
  expect(one?.promptHash).toMatch(/^[0-9a-f]{64}$/);
  expect(one?.promptHash).not.toBe(other?.promptHash);
});

test("takes the user's own prices from the environment, where they are short", async () => {
  const [full] = await ledger({});
  const [half] = await ledger({ PRICE_OVERRIDES: OVERRIDES });
  expect(half?.costUsd as number).toBeCloseTo((full?.costUsd as number) / 2, 12);
});

const OF_OTHER = JSON.stringify({ [APPLICATION_PROFILE_ARN]: 'global.anthropic.claude-sonnet-4-6' });

test.each([
  ['as a text', { PROFILE_MODELS: OF_OTHER }],
  ['in a bucket', { PROFILE_MODELS_BUCKET: 'assets', PROFILE_MODELS_KEY: 'map.json' }],
])('does not ask for profiles whose models the user names, %s', async (_, env: Record<string, string>) => {
  answering(S3Client, { GetObjectCommand: () => ({ Body: { transformToString: () => OF_OTHER } }) });
  const [line] = await ledger(env);
  expect(line).toMatchObject({ status: 'priced', model: 'anthropic.claude-sonnet-4-6', routing: 'global' });
  expect(profiles).toEqual([]);
});

test('asks for a profile where the map cannot be read', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  answering(S3Client, { GetObjectCommand: () => ({ Body: { transformToString: () => 'no JSON' } }) });
  const [line] = await ledger({ PROFILE_MODELS_BUCKET: 'assets', PROFILE_MODELS_KEY: 'map.json' });
  expect(line).toMatchObject({ status: 'priced', routing: 'regional' });
  expect(warn).toHaveBeenCalledWith('the profile map cannot be read, calls of its profiles may be unpriced: Error');
});

test('is not stopped by a profile that cannot be resolved', async () => {
  jest.restoreAllMocks();
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  answering(BedrockClient, {
    GetInferenceProfileCommand: () => {
      throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    },
  });
  expect((await ledger({})).map(({ status }) => status)).toEqual(['unpriced', 'unpriced']);
  expect(warn).toHaveBeenCalledWith(
    `1 application inference profiles cannot be resolved, their calls are unpriced: AccessDeniedException (${APPLICATION_PROFILE_ARN})`,
  );
});

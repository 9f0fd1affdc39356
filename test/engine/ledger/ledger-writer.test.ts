import { createHmac } from 'node:crypto';
import { keyedHash } from '../../../lambda/meter-calls/prompt-hash.lazy';
import { PromptHashing } from '../../../lambda/meter-calls/prompt-hashing';
import { CALLER, converse, failed, metadataOnly, numbered, PROFILE_ARN } from '../../fixtures/invocation-records';
import { messages, meterOf } from '../metering/harness';

const ENV = { LEDGER: 'perCall', METADATA_KEYS: 'team' };

test('a line says everything about a call but what was said', async () => {
  const { meter, ledger, written } = meterOf(ENV);
  await meter.meter(messages([{ ...metadataOnly, input: converse.input, output: converse.output }]));
  expect(ledger()).toEqual([
    {
      ledger: 1,
      time: '2026-11-20T10:15:42.000Z',
      accountId: '111122223333',
      region: 'us-east-1',
      inferenceRegion: 'us-west-2',
      modelId: PROFILE_ARN,
      operation: 'ConverseStream',
      model: 'anthropic.claude-sonnet-4-6',
      modelName: 'Claude Sonnet 4.6',
      routing: 'regional',
      priceRow: expect.stringContaining('anthropic.claude-sonnet-4-6'),
      role: 'arn:aws:sts::111122223333:assumed-role/Assistant',
      caller: CALLER,
      status: 'priced',
      requestId: metadataOnly.requestId,
      tokens: { input: 1200, output: 512, cacheWrite5m: 1000, cacheWrite1h: 8000 },
      costUsd: 0.069333,
      stopReason: 'max_tokens',
      latencyMs: 2140,
      maxTokens: 512,
      temperature: 0.2,
      metadata: { team: 'search' },
    },
  ]);
  expect(written.join('')).not.toContain('secret');
});

test('an uncertain cost has a higher one beside it', async () => {
  const { meter, ledger } = meterOf(ENV);
  await meter.meter(messages([metadataOnly]));
  expect(ledger()[0]).toMatchObject({ costUsd: 0.0216975, costHighUsd: 0.022935, tokens: { cacheWrite: 500 } });
});

test('an unpriced call has tokens and a reason and no cost, an error its code, a copy no line', async () => {
  const { meter, ledger } = meterOf(ENV);
  await meter.meter(messages([{ ...metadataOnly, modelId: 'acme.unknown' }, metadataOnly, numbered(failed, 1)]));
  expect(ledger()).toHaveLength(2);
  expect(ledger()[0]).toMatchObject({ status: 'unpriced', reason: expect.any(String), tokens: { input: 1200 } });
  expect(ledger()[0]).not.toHaveProperty('costUsd');
  expect(ledger()[1]).toMatchObject({
    status: 'ignored',
    reason: 'error:ResourceNotFoundException',
    errorCode: 'ResourceNotFoundException',
    modelName: expect.stringMatching(/^[A-Z]/),
  });
  expect(ledger()[0]).not.toHaveProperty('modelName');
});

test('calls that share a price have their own names', async () => {
  const { meter, ledger } = meterOf(ENV);
  const others = [
    {},
    { inferenceRegion: 'us-east-1' },
    { operation: 'Converse' },
    { accountId: '444455556666' },
    { identity: { arn: 'arn:"quoted"\n' } },
  ];
  const calls = others.map((change, i) => ({ ...numbered(metadataOnly, i), ...change }));
  await meter.meter(messages(calls));
  expect(ledger().map(({ inferenceRegion, operation, accountId, caller }) => [inferenceRegion, operation, accountId, caller])).toEqual([
    ['us-west-2', 'ConverseStream', '111122223333', CALLER],
    ['us-east-1', 'ConverseStream', '111122223333', CALLER],
    ['us-west-2', 'Converse', '111122223333', CALLER],
    ['us-west-2', 'ConverseStream', '444455556666', CALLER],
    ['us-west-2', 'ConverseStream', '111122223333', 'arn:"quoted"\n'],
  ]);
});

test('there is no ledger unless asked for', async () => {
  const { meter, ledger } = meterOf();
  await meter.meter(messages([metadataOnly]));
  expect(ledger()).toEqual([]);
});

test('prompts are hashed with a key, whatever the parameters of the call', async () => {
  const { meter, ledger } = meterOf(ENV, { promptHashing: new PromptHashing(() => Promise.resolve(keyedHash('key'))) });
  const warm = {
    ...(converse.input as object),
    inputBodyJson: { messages: [{ role: 'user', content: [{ text: 'a secret question' }] }], temperature: 1 },
  };
  await meter.meter(messages([numbered(converse, 1), { ...numbered(converse, 2), input: warm }, numbered(metadataOnly, 3)]));
  const expected = createHmac('sha256', 'key')
    .update('[["messages",[{"role":"user","content":[{"text":"a secret question"}]}]]]')
    .digest('hex');
  expect(ledger().map((line) => line.promptHash)).toEqual([expected, expected, undefined]);
});

test('metering goes on when the key cannot be read', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const { meter, ledger } = meterOf(ENV, { promptHashing: new PromptHashing(() => Promise.reject(new Error('denied'))) });
  await meter.meter(messages([converse]));
  expect(ledger()[0]).toMatchObject({ status: 'priced' });
  expect(warn.mock.calls).toEqual([['the prompt hash key cannot be read, prompts are not hashed: Error']]);
  warn.mockRestore();
});

import { LEDGER_LINE_START } from '../../../engine/ledger/members';
import { parseRecord } from '../../../engine/records/parse-record';
import type { Call } from '../../../engine/records/call';
import { anthropicStream, blocked, CALLER, converse, embedding, failed, metadataOnly, type Raw } from '../../fixtures/invocation-records';

const parse = (record: Raw, received?: number) => parseRecord(JSON.stringify(record), received);

const call = (record: Raw, received?: number): Call => {
  const parsed = parse(record, received);
  expect(parsed.kind).toBe('call');
  return parsed as Call;
};

const withInput = (changes: Raw): Raw => ({ ...metadataOnly, input: { ...(metadataOnly.input as Raw), ...changes } });

describe('the envelope', () => {
  test('is read whole', () => {
    expect(call(metadataOnly)).toEqual({
      kind: 'call',
      requestId: metadataOnly.requestId,
      time: Date.parse('2026-11-20T10:15:42Z'),
      accountId: '111122223333',
      region: 'us-east-1',
      inferenceRegion: 'us-west-2',
      modelId: metadataOnly.modelId,
      operation: 'ConverseStream',
      caller: CALLER,
      errorCode: undefined,
      usage: { input: 1200, cacheRead: 30_000, cacheWrite5m: 0, cacheWrite1h: 0, cacheWrite: 500, output: 350, units: undefined },
      lacksOutput: false,
      tier: 'standard',
      metadata: { team: 'search', ticket: 'ABC-1' },
      facts: undefined,
      flags: [],
      inputBody: undefined,
    });
  });

  test('is read in any order of its fields', () => {
    const reversed = Object.fromEntries(Object.entries(metadataOnly).reverse());
    expect(call(reversed)).toEqual(call(metadataOnly));
  });

  test('may hold a masked caller', () => {
    const masked = '*'.repeat(CALLER.length);
    expect(call({ ...metadataOnly, identity: { arn: masked } }).caller).toBe(masked);
  });

  test('may be of an operation nobody knew', () => {
    expect(call({ ...metadataOnly, operation: 'Responses' }).operation).toBe('Responses');
  });

  test('takes the time of receipt where its own cannot be read, and says so', () => {
    expect(call({ ...metadataOnly, timestamp: '<redacted>' }, 5000)).toMatchObject({ time: 5000, flags: ['timeOfReceipt'] });
  });

  test.each(['********', '<redacted>', '', 7, null])('does not tell calls apart by the request id %p', (requestId) => {
    expect(call({ ...metadataOnly, requestId })).toMatchObject({ requestId: undefined, flags: ['noRequestId'] });
  });
});

describe('a request id', () => {
  test.each(['x'.repeat(128), '0', 'Z9-a', '3f2b1c9e-0d4a-4a53-9a5e-7c1d2e3f4a5b'])('is %s', (requestId) => {
    expect(call({ ...metadataOnly, requestId })).toMatchObject({ requestId, flags: [] });
  });

  test('longer than 128 characters is none', () => {
    expect(call({ ...metadataOnly, requestId: 'x'.repeat(129) })).toMatchObject({ requestId: undefined, flags: ['noRequestId'] });
  });
});

describe('usage', () => {
  test('comes from the body where the envelope has no counters, with the lifetimes of cache writes', () => {
    expect(call(anthropicStream).usage).toMatchObject({
      input: 12,
      cacheRead: 40,
      cacheWrite5m: 600,
      cacheWrite1h: 100,
      cacheWrite: 0,
      output: 9,
    });
  });

  test('takes lifetimes from cacheDetails and never adds up counts that repeat', () => {
    expect(call(converse).usage).toMatchObject({
      input: 1200,
      cacheRead: 0,
      cacheWrite5m: 1000,
      cacheWrite1h: 8000,
      cacheWrite: 0,
      output: 512,
    });
  });

  test('leaves the lifetime open where the parts are more than the whole', () => {
    const input = { ...(converse.input as Raw), cacheWriteInputTokenCount: 10 };
    expect(call({ ...converse, input })).toMatchObject({ usage: { cacheWrite: 10, cacheWrite5m: 0 }, flags: ['cacheSplitMismatch'] });
  });

  test('of an embedding has no output', () => {
    expect(call(embedding).usage).toMatchObject({ input: 2000, output: 0 });
  });

  test('is unknown, not zero, when counters are absent', () => {
    expect(call({ ...metadataOnly, input: {}, output: {} }).usage).toBeUndefined();
    expect(call({ ...metadataOnly, output: {} })).toMatchObject({ usage: { input: 1200, output: 0 }, lacksOutput: true });
    expect(call({ ...metadataOnly, input: {} }).usage).toBeUndefined();
    expect(call(withInput({ inputTokenCount: null })).usage).toBeUndefined();
  });

  test('counts what is not a token by the kinds of the catalogue', () => {
    const record = { ...metadataOnly, input: {}, output: { searchUnits: 2, outputVideoDurationSeconds: 6.5 } };
    expect(call(record).usage).toMatchObject({ input: 0, output: 0, units: { searchUnit: 2, second: 6.5 } });
  });
});

describe('bodies', () => {
  test('tell how the call went', () => {
    expect(call(converse).facts).toMatchObject({ stopReason: 'max_tokens', latencyMs: 2140, maxTokens: 512, temperature: 0.2 });
    expect(call(anthropicStream).facts).toMatchObject({ stopReason: 'end_turn', latencyMs: 900, firstByteMs: 210, maxTokens: 2048 });
    expect(call(blocked).facts?.guardrail).toBe('INTERVENED');
  });

  test('give the tier that served the call, never the notion that Anthropic has of its own', () => {
    expect(call(anthropicStream).tier).toBe('standard');
    const served = (type: string, inputBodyJson: unknown) =>
      call({
        ...metadataOnly,
        input: { inputTokenCount: 1, inputBodyJson },
        output: { outputTokenCount: 1, outputBodyJson: { serviceTier: { type } } },
      });
    expect(served('flex', { serviceTier: { type: 'default' } })).toMatchObject({ tier: 'flex', flags: [] });
    expect(served('nonsense', {})).toMatchObject({ tier: 'standard', flags: ['unknownTier'] });
  });

  const asking = (inputBodyJson: Raw, operation = 'Converse') => {
    const { tier, requestedTier, flags } = call({ ...withInput({ inputBodyJson }), operation });
    return [tier, requestedTier, flags];
  };

  test('that only ask for a tier do not say that it served the call', () => {
    expect(asking({ serviceTier: { type: 'priority' } })).toEqual(['standard', 'priority', ['tierAsRequested']]);
    expect(asking({ service_tier: 'flex' }, 'ChatCompletions')).toEqual(['standard', 'flex', ['tierAsRequested']]);
    expect(asking({ performanceConfig: { latency: 'optimized' } })).toEqual(['standard', 'latency', ['tierAsRequested']]);
    expect(asking({ service_tier: 'auto' }, 'Responses')).toEqual(['standard', undefined, []]);
  });

  test('that ask for reserved capacity leave the call at standard, to which reserved overflows', () => {
    expect(asking({ serviceTier: { type: 'reserved' } })).toEqual(['standard', undefined, ['tierAsRequested']]);
  });

  test.each([{ serviceTier: { type: 'flex' } }, { service_tier: 'flex' }, { performanceConfig: { latency: 'optimized' } }])(
    'of InvokeModel ask for no tier, which is a header there: %j',
    (body) => expect(asking(body, 'InvokeModelWithResponseStream')).toEqual(['standard', undefined, []]),
  );

  test.each(['constructor', '__proto__', 'toString', 'x'.repeat(1000), 7, { flex: 1 }])('name no tier by %j', (type) => {
    expect(asking({ serviceTier: { type } })).toEqual(['standard', undefined, ['unknownTier']]);
    const output = { outputTokenCount: 1, outputBodyJson: { serviceTier: { type } } };
    expect(call({ ...metadataOnly, output })).toMatchObject({ tier: 'standard', flags: ['unknownTier'] });
  });

  test('of OpenAI name the tier that served the call, in a stream as well', () => {
    const served = (outputBodyJson: unknown) => call({ ...metadataOnly, output: { outputTokenCount: 1, outputBodyJson } });
    expect(served({ service_tier: 'flex' })).toMatchObject({ tier: 'flex', flags: [] });
    expect(served([{ service_tier: 'priority' }, { usage: {} }]).tier).toBe('priority');
    expect(served([{ response: { service_tier: 'auto' } }, { response: { service_tier: 'flex' } }]).tier).toBe('flex');
  });

  test('name the model that a prompt router invoked, in a stream as well', () => {
    const trace = { promptRouter: { invokedModelId: 'amazon.nova-lite-v1:0' } };
    const traced = (outputBodyJson: unknown) => call({ ...metadataOnly, output: { outputTokenCount: 1, outputBodyJson } }).invokedModel;
    expect([traced({ trace }), traced([{}, { metadata: { trace } }]), traced({ trace: { promptRouter: 7 } })]).toEqual([
      'amazon.nova-lite-v1:0',
      'amazon.nova-lite-v1:0',
      undefined,
    ]);
  });

  test.each([[null], ['not json'], ['{"broken'], [[]], [[1, 'two', null, [3]]], [{}], ['***********'], [7]])(
    'of the shape %j do no harm',
    (body) => {
      const record = {
        ...metadataOnly,
        input: { ...(metadataOnly.input as Raw), inputBodyJson: body },
        output: { outputBodyJson: body, outputTokenCount: 350 },
      };
      expect(call(record).usage).toEqual(call(metadataOnly).usage);
    },
  );

  test.each([
    { serviceTier: { type: 'reserved' } },
    { service_tier: 'flex', usage: { prompt_tokens: 0, completion_tokens: 0 } },
    { 'amazon-bedrock-guardrailAction': 'INTERVENED', usage: { inputTokens: 0, outputTokens: 0 } },
  ])('that are text are never read as JSON, whatever a model was told to answer: %j', (answer) => {
    const text = JSON.stringify(answer);
    expect(call({ ...metadataOnly, output: { outputTokenCount: 350, outputBodyJson: text } })).toEqual(call(metadataOnly));
    expect(call(withInput({ inputBodyJson: text }))).toMatchObject({ tier: 'standard', facts: undefined, flags: [] });
    expect(call({ ...metadataOnly, input: {}, output: { outputBodyJson: text } }).usage).toBeUndefined();
  });

  test('may be kept in a bucket', () => {
    expect(call({ ...metadataOnly, output: { outputBodyS3Path: 's3://bucket/key', outputTokenCount: 350 } }).facts).toBeUndefined();
  });

  test('never lend their text to a stop reason', () => {
    const output = { outputTokenCount: 1, outputBodyJson: { stopReason: 'my social security number is' } };
    expect(call({ ...metadataOnly, output }).facts?.stopReason).toBe('other');
  });
});

describe('what is no call', () => {
  test('of another schema is ignored', () => {
    expect(parse({ ...metadataOnly, schemaType: 'Other' })).toMatchObject({ kind: 'ignored', reason: 'schemaType' });
  });

  test.each([
    [
      'a ledger line',
      `${LEDGER_LINE_START}"time":"2026-11-20T10:15:00.000Z","region":"us-east-1","modelId":"m","tokens":{"input":1,"output":1}}`,
    ],
    ['a metric line', '{"_aws":{"Timestamp":1,"CloudWatchMetrics":[]},"llm.cost.usd":1,"region":"us-east-1","modelId":"m"}'],
  ])('is %s of a meter, whose log group was given to a meter', (_, message) => {
    expect(parseRecord(message)).toMatchObject({ kind: 'ignored', reason: 'meterOutput' });
  });

  test('is the note that Bedrock may write', () => {
    expect(parseRecord('Permissions are correctly set for Amazon Bedrock logs.')).toMatchObject({
      kind: 'ignored',
      reason: 'permissionCheck',
    });
  });

  test('with an error has no usage', () => {
    expect(call(failed)).toMatchObject({ errorCode: 'ResourceNotFoundException', usage: undefined });
  });

  test.each([-1, 1.5, '12', 1e10, {}, true, '1e3'])('fails as malformed when a counter is %j, without quoting it', (inputTokenCount) => {
    expect(parse(withInput({ inputTokenCount }))).toEqual({
      kind: 'malformed',
      reason: 'inputTokenCount is not a whole number from 0 to 1000000000',
      requestId: metadataOnly.requestId,
      time: Date.parse('2026-11-20T10:15:42Z'),
    });
  });

  test.each([
    ['{"half', 'not JSON'],
    ['', 'not JSON'],
    ['[]', 'not a JSON object'],
    ['null', 'not a JSON object'],
    [JSON.stringify({ ...metadataOnly, modelId: undefined }), 'modelId is missing'],
    [JSON.stringify({ ...metadataOnly, region: '' }), 'region is missing'],
    [JSON.stringify({ ...metadataOnly, timestamp: '20/11/2026' }), 'timestamp is not an ISO 8601 time'],
  ])('fails as malformed: %s', (message, reason) => {
    expect(parseRecord(message)).toMatchObject({ kind: 'malformed', reason });
  });
});

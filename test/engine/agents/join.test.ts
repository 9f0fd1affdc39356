import type { Described } from './spans';
import { recorded, runs } from './pricing';
import { BEGIN, BOTOCORE, botocore, read, requestId, SONNET } from './spans';

const noId = (id: string, input: number, output: number, more: Partial<Described> = {}): Described => ({
  ...{ id, scope: 'opentelemetry.instrumentation.genai.bedrock', ms: 300, attributes: botocore(undefined, input, output) },
  ...more,
});

const howJoined = (spans: readonly Described[], records: ReturnType<typeof recorded>[]) => {
  const { runs: found, untraced } = runs(read(...spans), records);
  const joins = found.flatMap(({ calls }) =>
    calls.map(({ join, cost }) => (join ? `${join.by}${join.uncertain ? '?' : ''} ${join.record.requestId}` : cost.state)),
  );
  return {
    joins,
    untraced: untraced.map((each) => each.requestId),
    cost: found.map(({ cost }) => cost.low),
    tokens: found.map(({ tokens }) => tokens),
  };
};

test('by request id: tokens and cost are those of the record, whatever the span says', () => {
  const record = recorded({
    requestId: requestId(1),
    tokens: { input: 202, output: 46, cacheRead: 7, cacheWrite: 0 },
    cost: { low: 9n, high: 9n },
  });
  expect(howJoined([{ id: 'a', scope: BOTOCORE, attributes: botocore(requestId(1), 2, 25) }], [record])).toEqual({
    joins: [`requestId ${requestId(1)}`],
    untraced: [],
    cost: [9n],
    tokens: [{ input: 202, output: 46, cacheRead: 7, cacheWrite: 0 }],
  });
});

test('by tokens, model and second, where the span has no request id', () => {
  const records = [
    recorded({ requestId: 'another second', time: BEGIN + 60_000 }),
    recorded({ requestId: 'another model', modelId: 'amazon.nova-lite-v1:0' }),
    recorded({ requestId: 'other tokens', tokens: { input: 15, output: 60, cacheRead: 0, cacheWrite: 0 } }),
    recorded({ requestId: 'the one', modelId: 'global.anthropic.claude-sonnet-4-5-20250929-v1:0' }),
  ];
  expect(howJoined([noId('a', 14, 60)], records)).toMatchObject({
    joins: ['tokens the one'],
    untraced: ['another model', 'other tokens', 'another second'],
  });
});

test.each([
  ['with cached tokens', 4127, true],
  ['without them', 14, true],
  ['with something else', 100, false],
])('input of the span %s', (_, input, isJoined) => {
  const record = recorded({ requestId: 'r', tokens: { input: 14, output: 60, cacheRead: 4113, cacheWrite: 0 } });
  const other = recorded({ requestId: 's', tokens: { input: 1, output: 2, cacheRead: 0, cacheWrite: 0 } });
  expect(howJoined([noId('a', input, 60)], [record, other]).joins).toEqual(isJoined ? ['tokens r'] : ['priced']);
});

test('equal calls at one time: each record once, and who called is not certain', () => {
  const records = [1, 2, 3].map((n) => recorded({ requestId: requestId(n), caller: `caller ${n}` }));
  const spans = [1, 2, 3].map((n) => noId(`s${n}`, 14, 60, { at: n }));
  const { runs: found, untraced } = runs(read(...spans), records);
  expect(found[0]!.calls.map(({ join }) => join?.record.requestId).sort()).toEqual([1, 2, 3].map(requestId));
  expect([untraced, found[0]!.cost.low, found[0]!.callers]).toEqual([[], 15_000n, ['caller 3']]);
});

test('without tokens: where as many records as calls are left', () => {
  const bare = (id: string, more: Partial<Described> = {}) =>
    noId(id, 0, 0, { attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': SONNET }, ...more });
  const records = [recorded({ requestId: 'r' }), recorded({ requestId: 's', time: BEGIN + 1000 })];
  expect(howJoined([bare('a')], records.slice(0, 1)).joins).toEqual(['time r']);
  expect(howJoined([bare('a')], records)).toMatchObject({ joins: ['unpriced'], untraced: ['r', 's'] });
  expect(howJoined([bare('a'), bare('b', { at: 900 })], records)).toMatchObject({ joins: ['time? r', 'time? s'], untraced: [] });
  expect(howJoined([bare('a'), bare('b', { at: 900, trace: 'b'.repeat(32) })], records)).toMatchObject({ joins: ['unpriced', 'unpriced'] });
});

test('a call that failed has no record of one that did not', () => {
  const failed = noId('a', 0, 0, {
    status: 'ERROR',
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': SONNET, 'error.type': 'ThrottlingException' },
  });
  expect(howJoined([failed], [recorded({ requestId: 'r' })])).toMatchObject({ joins: ['free'], untraced: ['r'] });
  const ofFailure = recorded({ requestId: 'f', failed: true, tokens: undefined, cost: undefined });
  expect(howJoined([failed], [recorded({ requestId: 'r' }), ofFailure])).toMatchObject({ joins: ['time f'], untraced: ['r'] });
});

test('the two records of a call, of its failure and of what it used, are one', () => {
  const failure = recorded({ requestId: requestId(1), failed: true, tokens: undefined, cost: undefined });
  const use = recorded({ requestId: requestId(1) });
  for (const records of [
    [failure, use],
    [use, failure],
  ]) {
    expect(howJoined([{ id: 'a', scope: BOTOCORE, attributes: botocore(requestId(1), 14, 60) }], records)).toMatchObject({
      cost: [5_000n],
      untraced: [],
    });
  }
});

test('a call of another provider has no record', () => {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.usage.input_tokens': 14,
    'gen_ai.usage.output_tokens': 60,
  };
  expect(
    howJoined(
      [{ id: 'a', attributes }],
      [recorded({ requestId: 'r', modelId: 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/x' })],
    ),
  ).toMatchObject({ joins: ['notBedrock'], untraced: ['r'] });
});

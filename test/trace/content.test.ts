import { readAll, Client, command } from './fake-client';
import { keyedHash } from '../../lambda/meter-calls/prompt-hash.lazy';
import { traceConverse, type TraceOptions } from '../../trace';
import { response, responses } from './responses';
import { provider, replay, useProvider } from './tracing';

useProvider();

const SECRET = 'secret words';
const keys = (): string[] => [
  ...new Set(provider.ended.flatMap(({ attributes }) => Object.keys(attributes).filter((key) => String(attributes[key]).includes(SECRET)))),
];

test.each(responses.map((each) => [each.name, each] as const))('no text unless it is asked for: %s', async (_, each) => {
  await replay(each, { openInference: true, conventions: 'next', promptHashKey: 'key' });
  expect(JSON.stringify(provider.ended)).not.toContain(SECRET);
});

test.each<[keyof NonNullable<TraceOptions['content']>, string, string[]]>([
  ['input', 'tools and guardrails', ['gen_ai.input.messages']],
  ['output', 'tools and guardrails', ['gen_ai.output.messages']],
  ['tools', 'tools and guardrails', ['gen_ai.tool.call.arguments', 'gen_ai.tool.call.result']],
  ['tools', 'a code interpreter that fails once', ['gen_ai.tool.call.arguments', 'gen_ai.tool.call.result']],
  ['retrieval', 'a knowledge base', ['gen_ai.retrieval.query.text', 'gen_ai.retrieval.documents']],
  ['retrieval', 'RetrieveAndGenerateStream from a knowledge base', ['gen_ai.retrieval.query.text', 'gen_ai.retrieval.documents']],
  ['output', 'RetrieveAndGenerateStream from a knowledge base', ['gen_ai.output.messages']],
])('%s of %s, and nothing else', async (kind, name, expected) => {
  await replay(response(name), { content: { [kind]: true } });
  expect(keys().sort()).toEqual([...expected].sort());
});

test('texts are messages of the conventions, and are cut', async () => {
  await replay(response('tools and guardrails'), { content: { input: true, output: true }, maxContentLength: 60 });
  const root = provider.ended.at(-1)!;
  expect(root.attributes['gen_ai.input.messages']).toBe('[{"role":"user","parts":[{"type":"text","content":"secret wo');
  expect(Object.keys(root.attributes).at(-1)).toBe('gen_ai.output.messages');
});

test('OpenInference has names of its own for texts', async () => {
  await replay(response('tools and guardrails'), { content: { input: true, output: true }, openInference: true });
  expect(provider.ended.at(-1)!.attributes).toMatchObject({
    'openinference.span.kind': 'AGENT',
    'input.value': expect.any(String) as string,
  });
});

test('the hash of a prompt is that of the ledger', async () => {
  const body = { messages: [{ role: 'user', content: [{ text: SECRET }] }], system: [{ text: SECRET }] };
  const client = new Client({ $metadata: {}, output: {}, usage: { inputTokens: 1, outputTokens: 1 } });
  await traceConverse(client, command({ modelId: 'amazon.nova-lite-v1:0', ...body }), { promptHashKey: 'key' });
  await traceConverse(client, command({ modelId: 'amazon.nova-lite-v1:0', body: JSON.stringify(body) }), { promptHashKey: 'key' });
  const hash = keyedHash('key')(body);
  expect(provider.ended.map(({ attributes }) => attributes['aws.bedrock.prompt.hash'])).toEqual([hash, hash]);
});

test('a conversation in the words of the conventions', async () => {
  const messages = [
    { role: 'user', content: [{ text: 'one' }] },
    { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'find', input: { q: 'two' } } }] },
    { role: 'user', content: [{ toolResult: { toolUseId: 't', content: [{ text: 'three' }] } }, { image: {} }] },
  ];
  const client = new Client({ $metadata: {}, output: { message: { role: 'assistant', content: [{ text: 'four' }] } } });
  await traceConverse(client, command({ modelId: 'm', messages }), { content: { input: true, output: true } });
  const { attributes } = provider.ended[0]!;
  expect(JSON.parse(attributes['gen_ai.input.messages'] as string)).toEqual([
    { role: 'user', parts: [{ type: 'text', content: 'one' }] },
    { role: 'assistant', parts: [{ type: 'tool_call', id: 't', name: 'find', arguments: { q: 'two' } }] },
    { role: 'user', parts: [{ type: 'tool_call_response', id: 't', response: [{ text: 'three' }] }, { type: 'image' }] },
  ]);
  expect(JSON.parse(attributes['gen_ai.output.messages'] as string)).toEqual([
    { role: 'assistant', parts: [{ type: 'text', content: 'four' }] },
  ]);
});

test('a stream of Converse: texts are put together', async () => {
  async function* stream() {
    await Promise.resolve();
    for (const text of ['se', 'cret', ' words']) yield { contentBlockDelta: { delta: { text } } };
  }
  const client = new Client({ $metadata: {}, stream: stream() });
  const answer = await traceConverse(client, command({ modelId: 'm', messages: [] }), { content: { output: true } });
  await readAll(answer.stream!);
  expect(keys()).toEqual(['gen_ai.output.messages']);
});

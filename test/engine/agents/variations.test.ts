import { runs } from './pricing';
import { type Described, read, SONNET } from './spans';
import { LAYERS } from '../../fixtures/agent-variations/layers';
import { RUNS } from '../../fixtures/agent-variations/runs';

const sum = (spans: readonly Described[]) => {
  const found = runs(read(...spans)).runs;
  const tokens = found.map((run) => run.tokens);
  const total = (read_: (each: (typeof tokens)[number]) => number) => tokens.reduce((all, each) => all + read_(each), 0);
  const calls = found.reduce((all, { modelCalls }) => all + modelCalls, 0);
  return {
    first: found[0],
    counted: [
      calls,
      total(({ input }) => input),
      total(({ cacheRead, cacheWrite }) => cacheRead + cacheWrite),
      total(({ output }) => output),
    ],
  };
};

test.each([...LAYERS, ...RUNS])('$name', ({ spans, counted, more }) => {
  for (const order of [spans, [...spans].reverse(), [...spans.slice(1), ...spans.slice(0, 1)]]) {
    const { first, counted: found } = sum(order);
    expect(found).toEqual(counted);
    if (more) expect(first).toMatchObject(more);
  }
});

/** Names that libraries write for who answers. */
test.each<[Record<string, string>, string]>([
  [{ 'gen_ai.system': 'bedrock-converse', 'gen_ai.request.model': 'claude-sonnet-4-5' }, 'aws.bedrock'],
  [{ 'gen_ai.provider.name': 'AWS Bedrock', 'gen_ai.request.model': 'my-model' }, 'aws.bedrock'],
  [{ 'gen_ai.provider.name': 'aws_bedrock', 'gen_ai.request.model': 'my-model' }, 'aws.bedrock'],
  [{ 'gen_ai.provider.name': 'anthropic', 'gen_ai.request.model': 'claude-sonnet-4-5-20250929' }, 'anthropic'],
  [{ 'gen_ai.provider.name': 'anthropic', 'gen_ai.request.model': SONNET }, 'aws.bedrock'],
  [{ 'llm.system': 'anthropic', 'llm.model_name': 'claude-sonnet-4-5-20250929' }, 'unknown'],
  [{ 'gen_ai.system': 'mistral_ai', 'gen_ai.request.model': 'mistral-large-latest' }, 'mistral_ai'],
  [{ 'gen_ai.system': 'openai', 'gen_ai.request.model': 'openai.gpt-oss-120b-1:0' }, 'aws.bedrock'],
  [
    { 'gen_ai.system': 'openai', 'gen_ai.request.model': 'gpt-oss-120b', 'server.address': 'bedrock-mantle.us-east-1.api.aws' },
    'aws.bedrock',
  ],
  [{ 'gen_ai.system': 'my-framework', 'gen_ai.request.model': 'claude-sonnet-4-5' }, 'unknown'],
])('%j is of %s', (attributes, provider) => {
  const [span] = read({ id: 'chat', attributes: { 'gen_ai.operation.name': 'chat', ...attributes } });
  expect(span!.provider).toBe(provider);
});

/** Ways in which libraries say what a span is about. */
test.each<[Record<string, unknown>, string]>([
  [{ 'langsmith.span.kind': 'llm', 'gen_ai.request.model': SONNET }, 'model'],
  [{ 'langsmith.span.kind': 'tool', 'gen_ai.usage.input_tokens': 5 }, 'tool'],
  [{ 'langsmith.span.kind': 'chain', 'gen_ai.request.model': SONNET, 'gen_ai.usage.input_tokens': 5 }, 'step'],
  [{ 'mlflow.spanType': '"CHAT_MODEL"' }, 'model'],
  [{ 'mlflow.spanType': 'TOOL' }, 'tool'],
  [{ 'gen_ai.operation.name': 'invoke_graph' }, 'step'],
  [{ 'gen_ai.operation.name': 'call_llm', 'gen_ai.request.model': SONNET, 'gen_ai.system': 'x' }, 'model'],
  [{ 'openinference.span.kind': 'llm' }, 'model'],
  [{ 'traceloop.span.kind': 'agent' }, 'agent'],
])('%j is a %s', (attributes, role) => expect(read({ id: 'it', attributes })[0]!.role).toBe(role));

import * as fc from 'fast-check';
import { readSpan } from '../../../engine/agents/read-span';
import { spansIn } from '../../../engine/agents/span-forms';
import { cases } from '../../cases';
import { BEGIN, botocore, BOTOCORE, cloudWatchEvent, type Described, REQUEST } from './spans';

const SENTINEL = 'please summarise the secret plan of Ann';

const CALL: Described = {
  id: 'call',
  parent: 'agent',
  scope: BOTOCORE,
  name: 'chat model',
  at: 12,
  ms: 250,
  attributes: botocore(REQUEST, 259, 148),
};
const EVENT = cloudWatchEvent(CALL);
const attributes = EVENT.attributes as Record<string, unknown>;

/** Attributes that hold text of users, as each library calls them. */
const CONTENT = [
  ...[
    'gen_ai.input.messages',
    'gen_ai.output.messages',
    'gen_ai.system_instructions',
    'gen_ai.tool.call.arguments',
    'gen_ai.tool.call.result',
  ],
  ...['gen_ai.tool.description', 'gen_ai.tool.definitions', 'gen_ai.tool.json_schema', 'gen_ai.agent.description', 'gen_ai.task.input'],
  ...['gen_ai.prompt.0.content', 'gen_ai.completion.0.content', 'gen_ai.agent.human_input', 'gen_ai.agent.actual_output'],
  ...[
    'input.value',
    'output.value',
    'llm.input_messages.0.message.content',
    'llm.prompts',
    'tool.parameters',
    'tool.description',
    'metadata',
  ],
  ...[
    'traceloop.entity.input',
    'traceloop.entity.output',
    'llm.request.functions.0.description',
    'pydantic_ai.all_messages',
    'final_result',
  ],
  ...['logfire.msg', 'model_request_parameters', 'ai.prompt.messages', 'ai.response.text', 'ai.toolCall.args', 'crewai.task.description'],
  ...['user_prompt', 'system_prompt', 'agent_name', 'exception.message', 'exception.stacktrace', 'db.statement', 'http.url', 'http.target'],
];

test.each(['', 'gen_ai.operation.name', 'openinference.span.kind'])(
  'content of every library is dropped while it is read (%s)',
  (roleKey) => {
    const role = { '': {}, 'gen_ai.operation.name': { [roleKey]: 'execute_tool' }, 'openinference.span.kind': { [roleKey]: 'CHAIN' } }[
      roleKey
    ];
    const content = Object.fromEntries(CONTENT.map((key) => [key, SENTINEL]));
    const span = cloudWatchEvent({
      ...CALL,
      name: SENTINEL,
      status: 'ERROR',
      attributes: { ...content, ...role },
      events: [{ name: 'exception', attributes: { 'exception.message': SENTINEL, 'exception.type': SENTINEL } }],
    });
    expect(JSON.stringify(spansIn({ ...span, status: { code: 'ERROR', message: SENTINEL } }))).not.toContain('secret');
  },
);

test('a sentence is never taken for an id, a model, a tool, an error or a name', () => {
  const everything = fc.dictionary(
    fc.constantFrom(
      ...Object.keys(attributes),
      'gen_ai.tool.name',
      'error.type',
      'gen_ai.provider.name',
      'rpc.service',
      'http.route',
      'http.method',
    ),
    fc.constant(`${SENTINEL}\nand send it`),
  );
  fc.assert(
    fc.property(everything, (values) => {
      const found = spansIn(
        cloudWatchEvent({ ...CALL, name: SENTINEL, attributes: values, resource: { 'service.name': `${SENTINEL}\n` } }),
      );
      expect(JSON.stringify(found)).not.toContain('secret');
    }),
    { numRuns: cases(100, 2000) },
  );
});

const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown> },
  fc.constantFrom<unknown>(
    '0'.repeat(32),
    '9007199254740993',
    1e300,
    -1,
    NaN,
    Infinity,
    '__proto__',
    [1, 2],
    ['x'],
    '\u0000',
    'x'.repeat(300),
  ),
);

test('nothing that stands in a span throws', () => {
  const names = [
    ...Object.keys(EVENT),
    'context',
    'startTime',
    'endTime',
    'start_time',
    'parent',
    'statusCode',
    'resourceSpans',
    'spans',
    '@message',
  ];
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...names), hostile),
      fc.dictionary(fc.constantFrom(...Object.keys(attributes)), hostile),
      (outer, inner) => {
        spansIn(outer);
        const span = readSpan({ ...EVENT, ...outer, attributes: inner });
        if (span) expect([span.end >= span.start, Number.isFinite(span.end)]).toEqual([true, true]);
      },
    ),
    { numRuns: cases(300, 10_000) },
  );
});

test('numbers as text, and times beyond 2^53', () => {
  const text = { 'gen_ai.usage.input_tokens': '259', 'gen_ai.usage.output_tokens': '148.0' };
  const [span] = spansIn({ ...EVENT, startTimeUnixNano: `${BEGIN + 12}000000`, attributes: { ...attributes, ...text } }).spans;
  expect(span).toMatchObject({ start: BEGIN + 12, tokens: { input: 259, output: 148 } });
});

test.each([-5, 1.5, '1e9', 'many', 2e9, null, {}])('a count of %j is no count', (count) => {
  const [span] = spansIn({ ...EVENT, attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': count } }).spans;
  expect(span!.tokens).toBeUndefined();
});

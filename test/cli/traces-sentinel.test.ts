import { cloudWatchEvent, type Described, requestId, BOTOCORE, botocore, STRANDS, strands } from '../engine/agents/spans';
import type { Raw } from '../fixtures/invocation-records';
import { FORMS } from '../engine/agents/forms';
import { runInProcess } from './command-line';
import { file, lines } from './replaying';

const SENTINEL = 'please summarise the secret plan of Ann';
const TEXTS = [
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'input.value',
  'metadata',
  'my.own',
];
const content = Object.fromEntries(TEXTS.map((key) => [key, SENTINEL]));

/** A run with a text in each place that a library or a person could put one, also where a word is expected. */
const SPANS: readonly Described[] = [
  {
    id: 'agent',
    scope: STRANDS,
    name: SENTINEL,
    ms: 900,
    attributes: { ...strands('invoke_agent', 9, 9), ...content, 'gen_ai.agent.name': SENTINEL, 'session.id': SENTINEL },
  },
  {
    id: 'leaf',
    parent: 'agent',
    scope: BOTOCORE,
    name: SENTINEL,
    status: 'ERROR',
    attributes: { ...botocore(requestId(1), 9, 9), ...content, 'error.type': SENTINEL },
  },
  {
    id: 'tool',
    parent: 'agent',
    scope: SENTINEL,
    status: 'ERROR',
    attributes: { ...content, 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': SENTINEL },
  },
  {
    id: 'own',
    parent: 'agent',
    attributes: { ...content, 'gen_ai.operation.name': SENTINEL, 'gen_ai.request.model': SENTINEL, 'gen_ai.system': SENTINEL },
  },
];
const PATH = file(lines(...(SPANS.flatMap((span) => Object.values(FORMS).map((form) => form(span))) as Raw[])));
const HALF = file(`${JSON.stringify(cloudWatchEvent(SPANS[0]!))}\n${JSON.stringify(cloudWatchEvent(SPANS[1]!)).slice(0, -40)}`);
const RESPONSE = file(
  lines(
    ...[
      { modelInvocationInput: { text: SENTINEL, foundationModel: SENTINEL } },
      { rationale: { text: SENTINEL } },
      { observation: { finalResponse: { text: SENTINEL } } },
    ].map((step) => ({
      trace: { agentId: SENTINEL, sessionId: SENTINEL, eventTime: '2026-11-20T10:00:00Z', trace: { orchestrationTrace: step } },
    })),
    { chunk: { bytes: Buffer.from(SENTINEL).toString('base64') } },
  ),
);

const VIEWS = ['list', 'show', 'failed', 'sessions', 'tools'];
const OUTPUTS = [[], ['--json', '-']];

test.each(VIEWS)('no text of a user is in what traces %s writes, in words or as JSON', async (view) => {
  for (const path of [PATH, HALF, RESPONSE]) {
    for (const output of view === 'list' ? [...OUTPUTS, ['--csv', '-']] : OUTPUTS) {
      const { out, err } = await runInProcess(['traces', view, path, ...output], { COLUMNS: '200' });
      expect(out + err).not.toContain('secret');
      expect(out).not.toBe('');
    }
  }
});

test('of half a file what is whole is shown, and the rest is named', async () => {
  const { code, out, err } = await runInProcess(['traces', 'show', HALF], { COLUMNS: '200' });
  expect(out).toContain('invoke_agent');
  expect([code, err]).toEqual([3, expect.stringContaining(':2: not JSON')]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { metadataOnly, type Raw } from '../fixtures/invocation-records';
import { BEGIN, BOTOCORE, botocore, cloudWatchEvent, type Described, requestId, SONNET, STRANDS, strands } from '../engine/agents/spans';
import { runInProcess } from './command-line';
import { file, folder, lines } from './replaying';

const SECRET = 'a prompt of Ann';

const run = (trace: string, id: number, more: Partial<Described> = {}): Described[] => {
  const of = { trace: trace.repeat(32), ...more };
  return [
    { ...of, id: 'root', name: 'POST /invocations', kind: 'SERVER', ms: 900 },
    {
      ...of,
      id: 'agent',
      parent: 'root',
      scope: STRANDS,
      ms: 800,
      attributes: strands('invoke_agent', 100, 10, { 'gen_ai.agent.name': `agent-${trace}`, 'session.id': `session-${trace}` }),
    },
    {
      ...of,
      id: 'chat',
      parent: 'agent',
      scope: STRANDS,
      ms: 300,
      attributes: strands('chat', 100, 10, { 'gen_ai.input.messages': SECRET }),
    },
    { ...of, id: 'leaf', parent: 'chat', scope: BOTOCORE, ms: 200, attributes: botocore(requestId(id), 100, 10) },
    {
      ...of,
      id: 'tool',
      parent: 'agent',
      at: (more.at ?? 0) + 400,
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'search',
        'gen_ai.tool.status': trace === 'b' ? 'error' : 'success',
      },
    },
  ];
};

const SPANS = lines(...[...run('a', 1), ...run('b', 2, { at: 5000 })].map(cloudWatchEvent));
const record = (n: number, more: Raw = {}): Raw => ({
  ...metadataOnly,
  requestId: requestId(n),
  modelId: SONNET,
  timestamp: new Date(BEGIN).toISOString().replace('.000', ''),
  input: { inputTokenCount: 1000 },
  output: { outputTokenCount: 100 },
  ...more,
});

async function traces(...args: string[]) {
  const ran = await runInProcess(['traces', ...args], { COLUMNS: '200' });
  return {
    ...ran,
    json: args.at(-1) === '-' && ran.out.startsWith('{') ? (JSON.parse(ran.out) as { untraced?: Raw; traces: Raw[] }) : undefined,
  };
}

test('show: a tree with what each call cost, and each call once', async () => {
  const { code, out, err } = await traces('show', file(SPANS), '--session', 'session-a');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.replace(/ +/g, ' ').split('\n')).toEqual([
    `trace ${'a'.repeat(32)} 2026-11-20T10:00:00.000Z, agent-a: 1 model call, 0.000495 USD estimate`,
    ' span seconds input cached output USD',
    ' POST /invocations 0.900',
    ' invoke_agent agent-a 0.800',
    ` chat ${SONNET} 0.300`,
    ` chat ${SONNET} 0.200 100 0 10 0.000495 estimate`,
    ' execute_tool search 0.100',
    ' tool search: 1 call',
    ' adding up all spans gives 330 tokens instead of 110',
    '',
  ]);
});

test('--json - has the numbers, and no text of users', async () => {
  const { out, json } = await traces('show', file(SPANS), '--json', '-');
  expect(out).not.toContain('Ann');
  expect(json!.untraced).toBeUndefined();
  expect(json!.traces).toMatchObject([
    {
      ...{
        traceId: 'a'.repeat(32),
        sessionIds: ['session-a'],
        agents: ['agent-a'],
        modelCalls: 1,
        errors: 0,
        costUsd: '0.000495',
        costBasis: 'estimate',
      },
      ...{ tokens: { input: 100, output: 10 }, naiveTokens: { input: 300, output: 30 }, tools: [{ name: 'search', calls: 1, failed: 0 }] },
      spans: [
        { name: 'POST /invocations', counted: false },
        { name: 'invoke_agent agent-a', operation: 'invoke_agent', counted: false },
        { counted: false },
        { counted: true, requestId: requestId(1), costUsd: '0.000495', model: SONNET },
        { tool: 'search', operation: 'execute_tool' },
      ],
    },
    { traceId: 'b'.repeat(32), errors: 1, tools: [{ failed: 1 }] },
  ]);
});

test('--records: tokens, cost and caller of the record, and the calls that are in no trace', async () => {
  const records = file(lines(record(1), record(2), record(3)));
  const { json } = await traces('show', file(SPANS), '--records', records, '--json', '-');
  expect(json!.untraced).toEqual({ calls: 1, costUsd: '0.00495' });
  expect(json!.traces).toMatchObject(
    [1, 2].map(() => ({
      costBasis: 'ledger',
      costUsd: '0.00495',
      tokens: { input: 1000, output: 100 },
      callers: [expect.stringContaining('arn:')],
    })),
  );
});

test('--from and --to are for the calls that are in no trace too', async () => {
  const records = file(lines(record(1), record(3), record(4, { timestamp: '2026-11-22T10:00:00Z' })));
  const { json } = await traces('show', file(SPANS), '--records', records, '--to', '2026-11-20', '--json', '-');
  expect(json!.untraced).toMatchObject({ calls: 1 });
});

test('--ledger: the cost of the ledger, from its lines and from what the AWS CLI puts around them', async () => {
  const line = (n: number) =>
    `{"ledger":1,"time":"2026-11-20T10:00:00.000Z","modelId":"${SONNET}","caller":"me","status":"priced","requestId":"${requestId(n)}","tokens":{"input":7,"output":8},"costUsd":0.000000000123,"costHighUsd":0.5}`;
  for (const ledger of [lines(line(1), line(2)), JSON.stringify({ events: [{ message: line(1) }, { message: line(2) }] })]) {
    const { json } = await traces('show', file(SPANS), '--ledger', file(ledger), '--json', '-');
    expect(json).toMatchObject({
      untraced: { calls: 0, costUsd: '0' },
      traces: [{ costUsd: '0.000000000123', costHighUsd: '0.5', callers: ['me'] }, { costBasis: 'ledger' }],
    });
  }
});

test('failed and list', async () => {
  const { out } = await traces('failed', file(SPANS));
  expect([out.includes('a'.repeat(32)), out.includes('b'.repeat(32)), out.includes('failed: error')]).toEqual([false, true, true]);
  const list = await traces('list', file(SPANS), '--sort', 'errors', '--limit', '1');
  expect(list.out).toContain('b'.repeat(32));
  expect(list.out).not.toContain('a'.repeat(32));
});

test('tools of all traces', async () => {
  const { out } = await traces('tools', file(SPANS));
  expect(out.replace(/ +/g, ' ')).toContain(' search 2 1 2');
});

test('--agent, --offset, --from and --to', async () => {
  const ids = async (...args: string[]) =>
    (await traces('list', file(SPANS), ...args, '--json', '-')).json!.traces.map(({ traceId }) => String(traceId)[0]);
  expect(await ids('--agent', 'agent-b')).toEqual(['b']);
  expect(await ids('--offset', '1')).toEqual(['b']);
  expect(await ids('--to', '2026-11-20T10:00:03Z')).toEqual(['a']);
  expect(await ids('--from', '2026-11-21')).toEqual([]);
});

test('--json FILE beside the text', async () => {
  const path = join(folder, 'traces.json');
  const { out } = await traces('list', file(SPANS), '--json', path);
  expect(out).toContain('agent-a');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ traces: [{}, {}] });
});

test('gzip, pretty JSON, and text between the spans', async () => {
  const pretty = [...run('a', 1), ...run('b', 2)]
    .map((span) => `START RequestId: 1\n${JSON.stringify(cloudWatchEvent(span), undefined, 2)}\n`)
    .join('');
  const { json, code } = await traces('list', file(gzipSync(pretty), 'spans.json.gz'), '--json', '-');
  expect([code, json!.traces.length]).toEqual([0, 2]);
});

test('a recorded response of InvokeAgent', async () => {
  const part = (trace: Raw) => ({
    trace: { agentId: 'PLANNER', sessionId: 's', eventTime: '2026-11-20T10:00:00Z', trace: { orchestrationTrace: trace } },
  });
  const usage = { metadata: { usage: { inputTokens: 9, outputTokens: 3 } }, rawResponse: { content: SECRET }, traceId: 'r-0' };
  const events = [
    part({ modelInvocationInput: { foundationModel: 'amazon.nova-lite-v1:0', traceId: 'r-0', text: SECRET } }),
    part({ modelInvocationOutput: usage }),
    { chunk: { bytes: 'eA==' } },
  ];
  for (const text of [lines(...events), JSON.stringify({ completion: events })]) {
    const { json, out } = await traces('show', file(text), '--json', '-');
    expect(out).not.toContain('Ann');
    expect(json!.traces).toMatchObject([{ modelCalls: 1, agents: ['PLANNER'], tokens: { input: 9, output: 3 } }]);
  }
});

test('a call without a price is named, and the exit code says so', async () => {
  const attributes = botocore(requestId(1), 5, 5, 'acme.unknown');
  const { code, out } = await traces('show', file(lines(cloudWatchEvent({ id: 'x', scope: BOTOCORE, attributes }))));
  expect(code).toBe(3);
  expect(out).toContain('without a price: 1 call, not in the total');
});

test.each<[string[], number, string]>([
  [['show', 'missing.ndjson'], 1, 'no such file'],
  [['show', file('{"traceId":\n'), '--sort', 'time'], 1, 'there is no span to show'],
  [['show', file(SPANS), '--sort', 'name'], 1, 'Allowed choices are time, cost'],
  [
    ['show', file(SPANS), '--region', 'us-est-1'],
    1,
    "'--region' names no Region of the price catalogue, got 'us-est-1': did you mean us-east-1",
  ],
  [['show', file(SPANS), '--limit', '-1'], 1, "'--limit' must be a whole number"],
  [['show', file(SPANS), '--json', '/no/such/folder/x'], 1, "'--json' cannot be written"],
  [['show', file(SPANS), '--ledger', 'missing'], 3, 'no such file'],
  [['list', file(SPANS), '--json', '-', '--csv', '-'], 1, "'--json' and '--csv' cannot both be written to stdout"],
  [['show', file(SPANS), '--csv', 'x'], 1, "unknown option '--csv'"],
  [['list', file(SPANS), '--csv', '/no/such/folder/x'], 1, "'--csv' cannot be written"],
  [['list', file(SPANS), '--offset', '1.5'], 1, "'--offset' must be a whole number"],
  [['shew', 'x'], 1, "unknown command 'shew'"],
])('%j', async (args, code, message) => {
  expect(await traces(...args)).toMatchObject({ code, err: expect.stringContaining(message) });
});

test('nothing to show', async () => expect(await traces('list', file('{"a":1}\n'))).toMatchObject({ code: 0, out: 'no traces\n' }));

test('list --csv: a line for each trace, and nothing that a spreadsheet would take for a formula', async () => {
  const path = join(folder, 'traces.csv');
  const { code } = await traces('list', file(SPANS), '--sort', 'cost', '--csv', path);
  expect(code).toBe(0);
  const [head, ...rows] = readFileSync(path, 'utf8').trim().split('\n');
  expect(head).toMatch(/^traceId,start,durationMs,agents,sessionIds,callers,modelCalls,input,/);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatch(
    /^a{32},2026-11-20T10:00:00.000Z,900,agent-a,session-a,,1,100,0,0,10,300,30,1,0,,0,0\.000495,0\.000495,estimate,0,0,/,
  );
  const formula = cloudWatchEvent({ ...run('c', 3)[1]!, attributes: strands('invoke_agent', 1, 1, { 'gen_ai.agent.name': '=1+1' }) });
  expect((await traces('list', file(lines(formula)), '--csv', '-')).out).not.toContain(',=1');
});

test('--sort: each puts the greatest first, equal ones in the order in which they began', async () => {
  const many = lines(
    ...[...run('a', 1), ...run('b', 2, { at: 5000 }), ...run('c', 3, { at: 9000 })].map((span) =>
      cloudWatchEvent(span.id === 'leaf' && span.trace!.startsWith('c') ? { ...span, attributes: botocore(requestId(3), 900, 90) } : span),
    ),
  );
  const order = async (...args: string[]) =>
    (await traces('list', file(many), ...args, '--json', '-')).json!.traces.map(({ traceId }) => String(traceId)[0]).join('');
  expect(await order('--sort', 'time')).toBe('abc');
  expect(await order('--sort', 'cost')).toBe('cab');
  expect(await order('--sort', 'tokens')).toBe('cab');
  expect(await order('--sort', 'errors')).toBe('bac');
  expect(await order('--sort', 'calls')).toBe('abc');
  expect(await order('--sort', 'duration')).toBe('abc');
  expect(await order('--sort', 'cost', '--offset', '1', '--limit', '1')).toBe('a');
  expect(await order('--limit', '0')).toBe('');
  expect(await order('--offset', '3')).toBe('');
});

test('more spans than memory holds: the same runs', async () => {
  const many = Array.from({ length: 1300 }, (_, n) =>
    run('a', n, { at: n * 1000 }).map((span) => cloudWatchEvent({ ...span, trace: `${'b'.repeat(26)}${n.toString(16).padStart(6, '0')}` })),
  );
  const path = file(lines(...many.flat()));
  const { json } = await traces('list', path, '--sort', 'tokens', '--json', '-');
  expect(json!.traces).toHaveLength(1300);
  for (const trace of json!.traces) expect(trace).toMatchObject({ modelCalls: 1, costUsd: '0.000495', tokens: { input: 100, output: 10 } });
});

import * as fc from 'fast-check';
import { cases } from '../../../cases';
import { recorded } from '../pricing';
import { BOTOCORE, botocore, cloudWatchEvent, requestId, STRANDS, strands } from '../spans';
import { World } from './world';

const SENTINEL = 'please forget the secret plan of Ann';

/** Names of attributes that are read, and some that hold texts of users. */
const NAMES = [
  ...['gen_ai.operation.name', 'gen_ai.request.model', 'gen_ai.agent.name', 'gen_ai.agent.id', 'gen_ai.tool.name', 'gen_ai.tool.status'],
  ...['gen_ai.provider.name', 'gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens', 'session.id', 'aws.request_id', 'error.type'],
  ...['gen_ai.input.messages', 'gen_ai.tool.call.arguments', 'gen_ai.tool.call.result', 'input.value', 'output.value', 'aws.region'],
  ...['openinference.span.kind', 'llm.model_name', 'tool.name', 'rpc.method', 'server.address', 'gen_ai.system_instructions'],
];
const MEMBERS = [
  'name',
  'traceId',
  'spanId',
  'parentSpanId',
  'kind',
  'startTimeUnixNano',
  'endTimeUnixNano',
  'durationNano',
  'scope',
  'resource',
  'status',
];

const value = fc.oneof(
  fc.constantFrom<unknown>(SENTINEL, `"${SENTINEL}"`, `${SENTINEL}\n{"agents":1}`, { message: SENTINEL }, [SENTINEL]),
  fc.constantFrom<unknown>(
    'chat',
    'execute_tool',
    'invoke_agent',
    'LLM',
    'quote"',
    'back\\slash',
    '\u2028',
    '12',
    9e300,
    -1,
    null,
    true,
    {},
  ),
  fc.constantFrom<unknown>('9'.repeat(400), 'a'.repeat(200_000), '9007199254740993123', { 'service.name': SENTINEL }, '__proto__'),
);

const event = fc.tuple(
  fc.dictionary(fc.constantFrom(...NAMES), value),
  fc.dictionary(fc.constantFrom(...MEMBERS), value),
  fc.nat({ max: 3 }),
);

function hostile([attributes, members, n]: [Record<string, unknown>, Record<string, unknown>, number]): unknown {
  const plain = cloudWatchEvent({
    ...{ id: `s${n}`, parent: `s${(n + 1) % 4}`, scope: n % 2 === 0 ? BOTOCORE : STRANDS, name: SENTINEL },
    attributes: { ...(n % 2 === 0 ? botocore(requestId(n), 10, 5) : strands('execute_tool', 1, 1)), ...attributes },
    events: [{ name: 'exception', attributes: { 'exception.message': SENTINEL, 'exception.type': SENTINEL } }],
  });
  return { ...plain, ...members };
}

test('whatever stands in spans, nothing throws, each line is JSON, and no text of a user is in any', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 6 }), fc.string(), async (events, noise) => {
      const world = new World(2);
      await world.meter([...events.map(hostile), `{"gen_ai.${noise}`, `"gen_ai." startTime ${SENTINEL}`], 0);
      await world.meter(events.map(hostile).reverse(), 1);
      world.pass(15);
      world.written.forEach(({ text }) => {
        expect(() => JSON.parse(text) as unknown).not.toThrow();
        expect(text).not.toContain('secret');
        expect(text.length).toBeLessThan(20_000);
      });
    }),
    { numRuns: cases(15, 500) },
  );
});

test('events that are no texts are skipped', async () => {
  const world = new World();
  await world.meter([]);
  const metered = world.meter.bind(world);
  await metered([null, undefined, 5, { message: 1 }, '', '{}', '[]', '{"startTime":1,"gen_ai.x":']);
  expect(world.sums).toMatchObject({ 'agents.spans.skipped': 7, 'agents.spans.malformed': 1 });
});

test('a cycle, a missing parent and half a stream are counted as far as they are known', async () => {
  const world = new World();
  const call = (id: string, parent: string, n: number) => ({ id, parent, scope: BOTOCORE, attributes: botocore(requestId(n), 10, 5) });
  await world.meter([call('a', 'b', 1), call('b', 'a', 2), call('c', 'nowhere', 3)].map(cloudWatchEvent));
  world.ledger.push({ record: recorded({ requestId: requestId(3) }), arrival: world.now });
  world.pass(20);
  expect(world.sums['agents.calls']).toBeGreaterThanOrEqual(2);
  expect(world.sums['agents.cost.usd']).toBe(5e-9);
});

test('a batch that fails leaves nothing behind, and counts when it is delivered again', async () => {
  const world = new World();
  const events = [cloudWatchEvent({ id: 'a', scope: BOTOCORE, attributes: botocore(requestId(1), 10, 5) })];
  world.failWrites = true;
  await expect(world.meter(events)).rejects.toThrow('no space');
  world.failWrites = false;
  await world.meter(events);
  await world.meter(events);
  expect(world.sums).toMatchObject({ 'agents.calls': 1 });
});

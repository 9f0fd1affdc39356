import { CallSettler } from '../../../engine/agents/call-settler';
import { BOTOCORE, botocore, read, requestId, STRANDS, strands } from './spans';

const [leaf, chat, late] = read(
  { id: 'leaf', parent: 'chat', scope: BOTOCORE, attributes: botocore(requestId(1), 14, 60) },
  { id: 'chat', scope: STRANDS, ms: 300, attributes: strands('chat', 14, 60) },
  { id: 'chat', scope: STRANDS, ms: 301, attributes: strands('chat', 4127, 60, { 'gen_ai.usage.cache_read.input_tokens': 4113 }) },
);

const settler = () => new CallSettler({ quietMs: 1000, keptMs: 5000 });
const kinds = (changes: ReturnType<CallSettler['add']>) =>
  changes.map(({ kind, call }) => `${kind} ${call.span.scope} ${call.tokens?.cacheRead}`);

test('a call with a request id counts at once', () => {
  expect(kinds(settler().add([leaf!], 0))).toEqual([`counted ${BOTOCORE} 0`]);
});

test('a call without one counts when its trace has been quiet, and is taken back when a span comes below it', () => {
  const calls = settler();
  expect(kinds(calls.add([chat!], 0))).toEqual([]);
  expect(kinds(calls.settle(999))).toEqual([]);
  expect(kinds(calls.settle(1000))).toEqual([`counted ${STRANDS} 0`]);
  expect(kinds(calls.add([leaf!], 1500))).toEqual([`takenBack ${STRANDS} 0`, `counted ${BOTOCORE} 0`]);
});

test('what an outer span adds later replaces what was counted', () => {
  const calls = settler();
  calls.add([leaf!], 0);
  expect(kinds(calls.add([late!], 10))).toEqual([`takenBack ${BOTOCORE} 0`, `counted ${BOTOCORE} 4113`]);
});

test('a copy changes nothing, until its trace is forgotten', () => {
  const calls = settler();
  calls.add([leaf!], 0);
  expect(calls.add([leaf!], 10)).toEqual([]);
  expect(calls.settle(5010)).toEqual([]);
  expect(kinds(calls.add([leaf!], 5011))).toEqual([`counted ${BOTOCORE} 0`]);
});

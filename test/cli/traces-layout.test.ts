import { Flags } from '../../cli/traces/flags';
import { columns, fitting, widthOf, wrapped } from '../../cli/traces/layout';
import { sessionLines } from '../../cli/traces/session-list';
import { listLines } from '../../cli/traces/trace-list';
import { showLines, toolLines } from '../../cli/traces/trace-text';
import { RuntimeTotal } from '../../engine/agents/runtime-total';
import { requestId, type Described } from '../engine/agents/spans';
import { BOTOCORE, botocore, read, STRANDS, strands } from '../engine/agents/spans';
import { recorded, runs } from '../engine/agents/pricing';

// eslint-disable-next-line no-control-regex
const PLAIN = /\u001b\[\d+m/g;
const longest = (lines: Iterable<string>): number => Math.max(...[...lines].map((line) => widthOf(line.replace(PLAIN, ''))));

const deep = (depth: number): Described[] =>
  Array.from({ length: depth }, (_, n) => ({
    id: `step${n}`,
    ...(n > 0 && { parent: `step${n - 1}` }),
    scope: STRANDS,
    ms: 9_000_000 - n,
    attributes: strands('invoke_agent', 10, 10, {
      'gen_ai.agent.name': `予定 planner ${n}`,
      'session.id': 'session-0123456789-0123456789',
    }),
  }));

const RUN = runs(
  read(
    ...deep(12),
    { id: 'leaf', parent: 'step11', scope: BOTOCORE, ms: 1200, attributes: botocore(requestId(1), 1_234_567, 54_321) },
    {
      id: 'tool',
      parent: 'step3',
      status: 'ERROR',
      attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': `search_${'x'.repeat(90)}` },
    },
  ),
  [recorded({ requestId: requestId(1), caller: `arn:aws:sts::111122223333:assumed-role/${'a'.repeat(64)}/session` })],
).runs;
const FLAGS = new Flags([
  { traceId: RUN[0]!.traceId, label: 'wrong', note: 'the answer names another customer, see the ticket of Monday', at: '2026-11-26' },
]);

const context = (width: number) => ({
  flags: FLAGS,
  width,
  usage: new Map([['session-0123456789-0123456789', new RuntimeTotal('us-east-1')]]),
  withoutRuns: true,
});

test.each([80, 120])('every line of list, show, tools and sessions fits %i columns', (width) => {
  for (const lines of [listLines, showLines, toolLines, sessionLines]) {
    const drawn = [...lines(RUN, context(width))];
    expect(drawn.length).toBeGreaterThan(1);
    expect(longest(drawn)).toBeLessThanOrEqual(width);
  }
});

test('nothing of a narrow tree is left out: remarks are on lines of their own', () => {
  const text = [...showLines(RUN, context(80))].join('').replace(/\s/g, '');
  expect(text).toContain('chatclaude-son…');
  expect(text).toContain(`assumed-role/${'a'.repeat(64)}/session`);
  expect(text).toContain('flagged2026-11-26:wrong,theanswernamesanothercustomer');
});

test('a list keeps the trace and its cost, whatever else is left out', () => {
  const [head] = listLines(RUN, context(80));
  expect(head).toContain('trace');
  expect(head).toContain('USD');
  expect(head).toContain('agents');
  expect(head).not.toContain('cached');
});

test.each([
  ['abc', 3],
  ['予定', 4],
  ['e\u0301', 1],
  ['🙂', 2],
])('the width of %s is %i', (text, width) => expect(widthOf(text)).toBe(width));

test('fitting and wrapped', () => {
  expect(fitting('予定表', 5)).toBe('予定…');
  expect(fitting('abc', 3)).toBe('abc');
  expect(wrapped('one two three', 9, '  ', '    ')).toEqual(['  one two', '    three']);
  expect(wrapped('abcdefgh', 5, '', ' ')).toEqual(['abcde', ' fgh']);
});

test('columns are aligned, numbers to the right', () => {
  const drawn = columns({
    head: ['a', 'b'],
    rows: [
      ['xx', '1'],
      ['y', '22'],
    ],
    right: [1],
  }).map((line) => line.replace(PLAIN, ''));
  expect(drawn).toEqual(['  a    b', '  xx   1', '  y   22']);
});

test('text in names cannot command a terminal', () => {
  const [run] = RUN;
  const lines = [...showLines([{ ...run!, agents: ['a\u001b[2Jb', 'c\nd'] }], context(80))].join('\n').replace(PLAIN, '');
  expect(lines).toContain('\\u001b[2Jb');
  expect(lines).toContain('c\\u000ad');
});

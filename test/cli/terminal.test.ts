import { bold, countOf, formatNumber, printable, printableJson, printableLines, table } from '../../cli/terminal';
import { HOSTILE, unfitIn } from '../hostile-text';
import { runInProcess } from './command-line';
import { call, file, lines } from './replaying';

/** Clears the screen, sets the title, begins a line of its own, reverses the direction of writing. */
const SENTINEL = 'name\u001b[2J\u009b2J\u001b]0;title\u0007\r\nfake line\u2028\u202etxt';
const HARMLESS = 'name\\u001b[2J\\u009b2J\\u001b]0;title\\u0007\\u000d\\u000afake line\\u2028\\u202etxt';

/** What a terminal would obey, or show as a line of its own. */
const OBEYED = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

test('control characters become escapes; every other character is kept', () => {
  expect(printable(SENTINEL)).toBe(HARMLESS);
  expect(printable('größer · 模型 🙂 é')).toBe('größer · 模型 🙂 é');
  expect(printableLines('a\u001b[1m\nb')).toBe('a\\u001b[1m\nb');
  expect(bold(SENTINEL)).toBe(HARMLESS);
});

test('nothing is left that a terminal obeys, that turns a line around or that is no character', () => {
  expect(unfitIn(printable(HOSTILE) + bold(HOSTILE))).toEqual([]);
  expect(printable(HOSTILE)).not.toContain('\n');
  expect(printable('\ud83d \u{1fffe} \ufffe')).toBe('\\ud83d \\ud83f\\udffe \\ufffe');
  expect(JSON.parse(printableJson(HOSTILE))).toBe(HOSTILE);
});

test('JSON is harmless and means the same', () => {
  expect(printableJson({ [SENTINEL]: SENTINEL })).not.toMatch(OBEYED);
  expect(JSON.parse(printableJson({ [SENTINEL]: SENTINEL }))).toEqual({ [SENTINEL]: SENTINEL });
});

test('numbers and counts', () => {
  expect([formatNumber(1234567), countOf(1, 'call'), countOf(1200, 'call')]).toEqual(['1,234,567', '1 call', '1,200 calls']);
});

test('a table has one line for each row, whatever is in the cells', () => {
  expect(table({ head: ['name', 'count'], rows: [[SENTINEL, '7']], total: ['total', '1,007'], right: [1] }).split('\n')).toEqual([
    `  name${' '.repeat(HARMLESS.length - 4)}  count`,
    `  ${HARMLESS}      7`,
    `  total${' '.repeat(HARMLESS.length - 5)}  1,007`,
  ]);
});

describe('names from records', () => {
  const records = file(
    lines(
      call(1, { identity: { arn: SENTINEL }, requestMetadata: { team: SENTINEL }, operation: SENTINEL }),
      call(2, { modelId: SENTINEL, identity: { arn: SENTINEL } }),
      call(3, { errorCode: SENTINEL, input: {}, output: {} }),
    ),
  );

  test.each([
    ['replay', '--by', 'caller'],
    ['replay', '--by', 'model'],
    ['replay', '--by', 'meta:team'],
    ['replay', '--by', 'operation'],
    ['digest', '--from', '2026-11-20'],
    ['digest', '--from', '2026-11-20', '--json'],
  ])('are harmless in the output of %s %s %s', async (command, ...options) => {
    const { out, err } = await runInProcess([command, records, ...options]);
    expect(out).toContain('fake line');
    expect(out + err).not.toMatch(OBEYED);
    expect(out).not.toMatch(/^fake line/m);
  });

  test('with a line feed count as one name', async () => {
    const { out } = await runInProcess(['digest', records, '--from', '2026-11-20', '--json']);
    const { models, callers, unpriced } = JSON.parse(out) as Record<string, readonly Record<string, unknown>[]>;
    expect(models).toContainEqual(expect.objectContaining({ model: SENTINEL, calls: 1 }));
    expect(callers).toContainEqual(expect.objectContaining({ caller: SENTINEL, calls: 2 }));
    expect(unpriced).toEqual([{ model: SENTINEL, calls: 1, reason: 'the model is not in the price catalogue' }]);
  });
});

test('a Region from the environment is harmless in an explanation', async () => {
  const { out } = await runInProcess(['price', 'amazon.nova-micro-v1:0'], { AWS_REGION: SENTINEL, COLUMNS: '200' });
  expect(out).toContain(`Region   ${HARMLESS}`);
  expect(out).not.toMatch(OBEYED);
});

test('names of files and of models that are asked for are harmless in messages', async () => {
  const malformed = await runInProcess(['replay', file('{', `${SENTINEL.replace('/', '')}.ndjson`)]);
  const unknown = await runInProcess(['price', SENTINEL]);
  const unpriced = await runInProcess(['price', `bedrock/${SENTINEL}`, '--tier', SENTINEL]);
  for (const { out, err } of [malformed, unknown, unpriced]) {
    expect(err).toContain('name\\u001b[2J');
    expect(out + err).not.toMatch(OBEYED);
  }
});

import { cases } from '../cases';
import { numbered, type Raw } from '../fixtures/invocation-records';
import { found } from './found-records';
import { WRITERS } from './record-writers';
import { call } from './replaying';

const BODY = {
  messages: [
    { role: 'user', content: [{ text: 'a "quoted" {"schemaType":"x"} }{"y' }] },
    { role: 'assistant', content: [] },
  ],
};
const RECORDS = Array.from({ length: 5 }, (_, n): Raw => numbered(call(n, { input: { inputBodyJson: BODY, inputTokenCount: 1000 } }), n));
const DAMAGED = 2;

const cutBefore = (mark: string) => (text: string) => text.slice(0, text.indexOf(mark));

const DAMAGES: ReadonlyArray<readonly [string, (text: string) => string]> = [
  ['is cut off in a string', cutBefore('verseStream')],
  ['is cut off between two members', cutBefore('"output"')],
  ['is cut off before a value', cutBefore('1000')],
  ['lacks its beginning', (text) => text.slice(text.indexOf('TokenCount'))],
  ['lacks its first bracket', (text) => text.replace('{', '')],
  ['lacks its last bracket', (text) => text.slice(0, -1)],
  ['has a bracket too many', (text) => text.replace('"role"', '}"role"')],
  ['lacks a quote', (text) => text.replace('"ConverseStream"', '"ConverseStream')],
  ['has a number that is none', (text) => text.replace('1000', '10x0')],
  ['is something else', () => 'garbage'],
];

/** What cannot be told apart from a whole file, or is more than one record because of its form. */
const EXCEPT: Readonly<Record<string, readonly string[]>> = {
  // The next record begins on the line that is damaged.
  'indented and joined': ['is cut off in a string'],
  // The time on the first line is text without a record, the rest a record without a beginning.
  'tail --format json': ['lacks its first bracket'],
  // The inner array is one value.
  'arrays of arrays': DAMAGES.map(([name]) => name),
};

describe.each(DAMAGES)('a record that %s', (name, damage) => {
  test.each(
    WRITERS.filter((writer) => !writer.undamaged && !EXCEPT[writer.name]?.includes(name)).map((writer) => [writer.name, writer] as const),
  )('costs only itself and counts once: %s', async (_, { write, indented }) => {
    const texts = RECORDS.map((record) => JSON.stringify(record, undefined, indented ? 2 : undefined));
    const { reasons, ids, error } = await found(write(texts.map((text, n) => (n === DAMAGED ? damage(text) : text))));
    expect(reasons.filter((reason) => reason !== 'call')).toHaveLength(1);
    expect(ids.filter(Boolean)).toEqual(RECORDS.filter((_, n) => n !== DAMAGED).map(({ requestId }) => requestId));
    expect(error).toBeUndefined();
  });
});

describe('a file that is cut off', () => {
  test.each([
    ['in an array', (text: string) => `[${text}`, 'the JSON ends early (after line 1)'],
    ['among events', (text: string) => `{"events":[${text}`, 'the JSON ends early (after line 1)'],
    ['between records', (text: string) => text, undefined],
  ])('%s: everything before is read', async (_, write, error) => {
    expect(
      await found(
        write(
          RECORDS.slice(0, 3)
            .map((record) => JSON.stringify(record))
            .join(','),
        ),
      ),
    ).toMatchObject({
      reasons: ['call', 'call', 'call'],
      error,
    });
  });

  test.each(WRITERS.filter(({ indented, undamaged }) => !indented && !undamaged).map((writer) => [writer.name, writer] as const))(
    'in a record: what callers wrote into it is no record: %s',
    async (_, { write }) => {
      const claim = { ...call(9), requestId: 'claimed' };
      const messages = [{ a: 1 }, { b: claim }, claim, { c: 'cut off here' }];
      const record = JSON.stringify(call(1, { input: { inputBodyJson: { messages }, inputTokenCount: 1 } }));
      const whole = write([JSON.stringify(call(2)), record]);
      const { ids } = await found(whole.slice(0, whole.indexOf('off here')));
      expect(ids).not.toContain('claimed');
    },
  );
});

test('damaged records are named by the line on which they begin', async () => {
  const [one, two, three] = RECORDS.map((record) => JSON.stringify(record, undefined, 2));
  const { lines } = await found([one, two!.replace('1000', '10x0'), three].join('\n'));
  const length = one!.split('\n').length;
  expect(lines).toEqual([1, length + 1, 2 * length + 1]);
});

const PIECES = cases(20_000, 200_000);

// With quadratic work all of them would take hours.
test.each(['{"a":1,"b":{', '{"a":"', '{"timestamp":1,"b":{\n', '[{"a":[', '"{\\"a', 'x,"{""a'])(
  'a file of nothing but %j takes time in proportion to its length',
  async (text) => {
    await found(text.repeat(PIECES));
    await found(`${text}\n`.repeat(PIECES / 4));
  },
);

test('JSON that is nested too deep is one malformed record', async () => {
  const depth = cases(100_000, 1_000_000);
  const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const objects = `${'{"input":'.repeat(depth)}1${'}'.repeat(depth)}`;
  const texts = [
    ...[deep, `{"a":${deep}}`, `{"@message":{"a":${deep}}}`, `{"modelId":${deep}}`],
    ...[`{"modelId":{"S":"a"},"input":{"L":${deep}}}`, `{"modelid":"a","timestamp":"2026-11-01","input":${objects}}`],
    `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"arrayValue":{"values":${deep}}}}]}]}]}`,
  ];
  for (const text of texts) {
    expect((await found(`${text}\n${JSON.stringify(call(1))}`)).reasons.slice(-1)).toEqual(['call']);
  }
});

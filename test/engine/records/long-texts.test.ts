import fc from 'fast-check';
import { withoutLongTexts, withoutLongTextsOfMessages } from '../../../engine/records/long-texts';
import { parseRecord } from '../../../engine/records/parse-record';
import { cases } from '../../cases';
import { converse, metadataOnly, type Raw } from '../../fixtures/invocation-records';

const RUNS = cases(300, 20_000);

/** What a record says: all but the request body, whose texts are left out. */
const meaning = (record: string) => {
  const parsed = parseRecord(record, 0);
  return parsed.kind === 'call' ? { ...parsed, inputBody: parsed.inputBody !== undefined } : parsed;
};

/** As a subscription holds a record, and then as the meter gets it. */
const throughPayload = (record: string): string => {
  const payload = JSON.stringify({
    owner: '1',
    logEvents: [
      { id: '1', timestamp: 0, message: record },
      { id: '2', message: 'x' },
    ],
  });
  const { logEvents } = JSON.parse(withoutLongTextsOfMessages(payload)) as { logEvents: [{ message: string }, { message: string }] };
  expect(logEvents[1].message).toBe('x');
  return logEvents[0].message;
};

const expectSame = (record: string) => {
  const expected = meaning(record);
  expect(meaning(withoutLongTexts(record))).toEqual(expected);
  expect(meaning(throughPayload(record))).toEqual(expected);
};

/** Texts around the length from which they are left out, of everything that has to be escaped or looks like JSON. */
const part = fc.oneof(
  fc.constantFrom(
    '"',
    '\\',
    '\\"',
    '{"',
    '"}',
    '":"',
    '}',
    '],',
    '\n',
    '\u0000',
    '\u2028',
    'é',
    '🙂',
    '\ud800',
    '/',
    ' ',
    'u0022',
    '\\u0022',
  ),
  fc.constantFrom('"inputBodyJson":{"a":"', 'end_turn', 'INTERVENED', 'optimized', 'priority'),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const text = fc
  .tuple(
    fc.array(part, { maxLength: 12 }),
    fc.constantFrom(0, 0, 1, 500, 1020, 1023, 1024, 1025, 2000, 5000),
    fc.array(part, { maxLength: 12 }),
  )
  .map(([before, length, after]) => before.join('') + 'x'.repeat(length) + after.join(''));

/** Every name that a reader of bodies knows, and some that are special for an object. */
const name = fc.oneof(
  fc.constantFrom(
    ...[
      'usage',
      'inputTokens',
      'input_tokens',
      'stopReason',
      'stop_reason',
      'messageStop',
      'metrics',
      'latencyMs',
      'trace',
      'promptRouter',
    ],
    ...['invokedModelId', 'guardrail', 'invocationMetrics', 'topicPolicyUnits', 'serviceTier', 'service_tier', 'type', 'performanceConfig'],
    ...['latency', 'metadata', 'images', 'taskType', 'imageGenerationConfig', 'quality', 'width', 'inputImage', 'singleEmbeddingParams'],
    ...['image', 'source', 'messages', 'content', 'amazon-bedrock-guardrailAction', 'amazon-bedrock-trace', 'choices', 'finish_reason'],
    ...[
      'inputBodyJson',
      'outputBodyJson',
      'input',
      'output',
      'modelId',
      'requestId',
      'requestMetadata',
      '__proto__',
      'constructor',
      '0',
      '',
    ],
  ),
  text,
);
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.constantFrom<unknown>(null, true, 0, -0.5, 12, 1e300, {}, []),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
  ),
})).value;

const record = fc
  .record({
    base: fc.constantFrom(metadataOnly, converse),
    input: value,
    output: value,
    metadata: fc.oneof(fc.dictionary(name, fc.oneof(text, value), { maxKeys: 3 }), value),
    more: fc.dictionary(name, fc.oneof(text, value), { maxKeys: 2 }),
    order: fc.boolean(),
  })
  .map(({ base, input, output, metadata, more, order }): Raw => {
    const halves = {
      input: { inputTokenCount: 5, inputBodyJson: input, inputContentType: 'x' },
      output: { outputBodyJson: output, outputTokenCount: 1 },
    };
    return order
      ? { ...more, ...base, requestMetadata: metadata, ...halves }
      : { ...halves, ...base, ...halves, ...more, requestMetadata: metadata };
  });

test('a record means the same without its long texts', () => {
  fc.assert(
    fc.property(record, fc.constantFrom(undefined, 1, '\t'), (each, indent) => expectSame(JSON.stringify(each, undefined, indent))),
    { numRuns: RUNS },
  );
});

test('text that is no JSON is as malformed as before, wherever it is damaged outside of a long text', () => {
  const damage = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom(0, 1, 3, Infinity),
    fc.constantFrom('', '"', '\\', '{', '}', ':', ','),
  );
  fc.assert(
    fc.property(record, damage, (each, [share, length, instead]) => {
      const whole = JSON.stringify(each);
      const at = Math.floor(share * whole.length);
      const damaged = whole.slice(0, at) + instead + whole.slice(at + length);
      const [before, after] = [meaning(damaged), meaning(withoutLongTexts(damaged))];
      // What is malformed within a long text only is a call without it.
      if (JSON.stringify(before) !== JSON.stringify(after)) {
        expect(before).toMatchObject({ kind: 'malformed', reason: 'not JSON' });
        expect(longTextIn(damaged)).toBe(true);
      }
      // In a payload, small records are parsed whole.
      expect([before, after]).toContainEqual(meaning(throughPayload(damaged)));
    }),
    { numRuns: RUNS },
  );
});
const longTextIn = (damaged: string) => withoutLongTexts(damaged) !== damaged;

describe('what stays', () => {
  const LONG = 'long '.repeat(400);
  const id = (end: string) => 'g'.repeat(2000) + end;
  const units = (topicPolicyUnits: number) => ({ invocationMetrics: { usage: { topicPolicyUnits } } });
  const withBody = (outputBodyJson: unknown, more: Raw = {}) => ({
    ...metadataOnly,
    ...more,
    output: { outputTokenCount: 1, outputBodyJson },
  });

  test.each<[string, unknown, string?]>([
    ['the model that a router invoked', withBody({ trace: { promptRouter: { invokedModelId: LONG } } })],
    ['a text whose name has escapes', withBody({ trace: { promptRouter: { invokedModelId: LONG } } }), '"invoked\\u004dodelId"'],
    ['names of members', withBody({ trace: { guardrail: { inputAssessment: { [id('1')]: units(1), [id('2')]: units(2) } } } })],
    [
      'ids and names of the envelope',
      { ...metadataOnly, modelId: LONG, operation: LONG, accountId: LONG, errorCode: LONG, identity: { arn: LONG } },
    ],
    ['metadata', withBody({}, { requestMetadata: { inputBodyJson: LONG, team: LONG } })],
    ['metadata behind a body', { ...withBody({ a: { b: [{ c: '}]' }] } }), requestMetadata: { a: LONG, outputBodyJson: LONG } }],
    ['members of a half behind its body', { ...metadataOnly, input: { inputBodyJson: { a: '"}' }, inputContentType: LONG } }],
  ])('%s', (_, each, name = '"invokedModelId"') => {
    for (const indent of [undefined, 2]) {
      const record = JSON.stringify(each, undefined, indent).replace('"invokedModelId"', name);
      for (const written of [record, record.replaceAll('":', '" :')]) {
        expect(withoutLongTexts(written)).toBe(written);
        expectSame(written);
      }
    }
  });

  test('a payload that writes quotes and brackets by their numbers', () => {
    const record = JSON.stringify(withBody({ a: LONG, b: LONG }, { requestMetadata: { a: LONG } }));
    for (const character of ['"', '{', '}', ':', '\\']) {
      const byNumber = `\\u00${character.charCodeAt(0).toString(16)}`;
      const message = JSON.stringify(record)
        .slice(1, -1)
        .replaceAll(character === '"' ? '\\"' : character, byNumber);
      const payload = `{"logEvents":[{"message":"${message}"}]}`;
      expect(withoutLongTextsOfMessages(payload)).toBe(payload);
    }
  });

  test.each<[string, Raw, string, string]>([
    ['metadata behind a body', { output: { outputBodyJson: { a: 'x' } }, requestMetadata: { a: LONG } }, '}', '\\u007d'],
    ['numbers behind a text', { output: { outputBodyJson: { a: 'x', list: Array(600).fill(1.5), b: 'y' } } }, '\\"x', '\\u0022x'],
  ])('%s, where the bracket or the quote between them is written by its number', (_, each, character, byNumber) => {
    const message = JSON.stringify(JSON.stringify({ modelId: 'm', ...each })).slice(1, -1);
    const payload = `{"logEvents":[{"message":"${message.replaceAll(character, byNumber)}"}]}`;
    expect(withoutLongTextsOfMessages(payload)).toBe(payload);
  });

  test('a record that is cut off within a long text, and one whose body is missing', () => {
    const record = JSON.stringify(withBody({ a: LONG, b: LONG }));
    for (const cut of [record.slice(0, record.lastIndexOf('long')), LONG, `{"input":{"inputBodyJson":"${LONG}`, `[[["${LONG}"]]]`])
      expectSame(cut);
  });
});

test('long texts of bodies are left out, in records and in payloads', () => {
  const prompt = 'zebra "text" \\ — '.repeat(100);
  const record = JSON.stringify({
    ...converse,
    input: { inputTokenCount: 1, inputBodyJson: { messages: [{ content: [{ text: prompt }, prompt] }] } },
  });
  for (const left of [withoutLongTexts(record), throughPayload(record)]) {
    expect(left).not.toContain('zebra');
    expect(left.length).toBeLessThan(record.length - 2 * prompt.length);
  }
});

test.each(['100', 'u0022', '\\u0022', '\\\\u0022', 'x00', 'u0000', '"00'])(
  'a text that a caller wrote like an escape, %j, keeps no long text',
  (like) => {
    const inputBodyJson = { messages: [{ content: [{ text: like }, { text: `zebra ${like} ${'x'.repeat(3000)}` }] }] };
    const record = JSON.stringify({ ...converse, input: { inputTokenCount: 1, inputBodyJson } });
    expect(throughPayload(record)).not.toContain('zebra');
  },
);

test('JSON that is damaged within a long text only is not noticed', () => {
  const record = JSON.stringify({ ...metadataOnly, output: { outputBodyJson: { a: `${'x'.repeat(2000)}!` }, outputTokenCount: 1 } });
  for (const damage of ['\\q', '\n', '\u0000', '\\u12']) {
    const damaged = record.replace('!', damage);
    expect(meaning(damaged)).toMatchObject({ reason: 'not JSON' });
    expect(meaning(withoutLongTexts(damaged))).toEqual(meaning(record));
  }
});

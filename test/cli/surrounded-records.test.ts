import fc from 'fast-check';
import { cases } from '../cases';
import { metadataOnly, numbered } from '../fixtures/invocation-records';
import { found } from './found-records';

const RUNS = cases(300, 3000);

const CUT_OFF = JSON.stringify(numbered(metadataOnly, 1)).slice(0, -5);

/** Beginnings and ends of everything that is understood. */
const token = fc.constantFrom(
  ...[
    '{"',
    '"}',
    '{',
    '}',
    '},{',
    '}{',
    '[',
    ']',
    '[{',
    '"',
    '""',
    '{""',
    '\\',
    ',',
    ':',
    '  ',
    '1',
    'true',
    'garbage',
    '\u2028',
    '\uFEFF',
  ],
  ...['{}', '[]', '{"a":1}', '"x":{', '"x":"', '"message":', '{"message":"{}"}', '"events":[', '{"hits":{"hits":[', '"H4sI'],
  ...['{"messageType":"DATA_MESSAGE","logEvents":[', 'EVENTS\t', '2026-11-20T10:00:00Z ', '@timestamp,@message'],
  ...['"{""', ',"', '",', '{""a"":', '{""schemaType"":""', '""}"', '"a,b"', ';', '\t', '\r', '{\\"', '\\"', '"[', ']}', '"}]}', '"line"'],
  ...[CUT_OFF, JSON.stringify(CUT_OFF), `"${CUT_OFF.replaceAll('"', '""')}`],
);
const garbage = fc.array(token, { maxLength: 8 }).map((tokens) => tokens.join(''));

const FORMS: ReadonlyArray<readonly [string, (record: string) => string]> = [
  ['as it is', (record) => record],
  ['of an export', (record) => `2026-11-20T11:00:00.000Z ${record}`],
  ['of events as text', (record) => `EVENTS\t1\t1795168801000\tstream\t${record}\t1795168800000`],
  ['as an event', (message) => JSON.stringify({ logStreamName: 'stream', timestamp: 1795168800000, message })],
  ['as a subscription', (message) => JSON.stringify({ messageType: 'DATA_MESSAGE', logEvents: [{ id: '1', timestamp: 1, message }] })],
  ['as CSV', (record) => `2026-11-20 11:00:00.000,"${record.replaceAll('"', '""')}"`],
  ['as a text', (record) => JSON.stringify(record)],
  ['as a text behind text', (record) => `level=info msg=${JSON.stringify(record)}`],
];

test.each(FORMS)('a record that has a line of its own, %s, is found whatever the other lines are', async (_, write) => {
  await fc.assert(
    fc.asyncProperty(fc.array(garbage, { minLength: 1, maxLength: 6 }), async (lines) => {
      const records = lines.map((__, n) => numbered(metadataOnly, 1000 + n));
      const { ids } = await found(lines.flatMap((line, n) => [line, write(JSON.stringify(records[n]))]).join('\n'));
      expect(ids).toEqual(expect.arrayContaining(records.map(({ requestId }) => requestId)));
    }),
    { numRuns: RUNS },
  );
});

test('records that have lines of their own, in any forms, are found whatever the other lines are', async () => {
  const line = fc.tuple(garbage, fc.constantFrom(...FORMS));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 6 }), async (lines) => {
      const records = lines.map((_, n) => numbered(metadataOnly, 1000 + n));
      const { ids } = await found(lines.flatMap(([other, [, write]], n) => [other, write(JSON.stringify(records[n]))]).join('\n'));
      expect(ids).toEqual(expect.arrayContaining(records.map(({ requestId }) => requestId)));
    }),
    { numRuns: RUNS },
  );
});

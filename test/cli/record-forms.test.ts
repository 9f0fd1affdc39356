import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BESIDE_RECORDS, isBesideRecords } from '../../cli/input/beside-records';
import { RECORD_FORMS } from '../../cli/input/record-forms';
import { converse, embedding, failed, metadataOnly, type Raw } from '../fixtures/invocation-records';
import { found } from './found-records';
import { WRITERS } from './record-writers';
import { call, file, lines, replay } from './replaying';

const RECORDS: readonly Raw[] = [converse, metadataOnly, embedding, failed, { ...metadataOnly, requestId: 'without model', modelId: null }];
const EXPECTED = lines(...RECORDS);

const NAMES = ['call', 'call', 'call', 'call', 'modelId is missing'];

test.each(WRITERS.map((writer) => [writer.name, writer] as const))('%s', async (_, { write, indented }) => {
  const written = write(RECORDS.map((record) => JSON.stringify(record, undefined, indented ? 2 : undefined)));
  const { records, reasons } = await found(written);
  expect(reasons).toEqual(NAMES);
  expect(records).toEqual((await found(EXPECTED)).records);
});

test('the time at which a record was received stands in for one that cannot be read', async () => {
  const masked = JSON.stringify({ ...metadataOnly, timestamp: '****' });
  const times = await Promise.all(
    WRITERS.filter(({ indented }) => !indented).map(async ({ write }) => (await found(write([masked]))).times[0]),
  );
  const known = times.filter((time) => time !== undefined);
  // In events as text, the time of ingestion comes first.
  expect(new Set(known.map((time) => new Date(time).toISOString()))).toEqual(
    new Set(['2026-11-20T11:00:00.000Z', '2026-11-20T11:00:01.000Z']),
  );
  expect(known.length).toBeGreaterThan(15);
});

test.each(RECORD_FORMS.map(({ name }) => name))('%s: the form is documented and tested', (name) => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'command-line.md'), 'utf8').replace(/\s+/g, ' ');
  expect([page.includes(name), WRITERS.some(({ form }) => form === name)]).toEqual([true, true]);
});

test('a file can be of several forms', async () => {
  const texts = WRITERS.filter(({ indented }) => !indented).map(({ write }, n) => write([JSON.stringify(call(n))]));
  expect((await found(texts.join('\n'))).reasons.filter((reason) => reason === 'call')).toHaveLength(texts.length);
});

test.each([
  'SEARCHEDLOGSTREAMS\tTrue\tstream',
  'RESULTS\t@timestamp\t2026-11-20 11:00:00.000',
  'b/311326/s\tf/311327/s',
  '| @timestamp | @message |',
  '| --- | :-: |',
  ']}',
  '{"queryId":"12ab34cd"}',
  '{"events":[],"searchedLogStreams":[{"a":1}]}',
  '[]',
  '{"update":{"_id":"1"}}',
  '{"records":[{"recordId":"1","result":"Dropped","data":""}]}',
])('%s is no record, and no damaged one', async (line) => {
  expect((await found(`${line}\n${JSON.stringify(call(1))}`)).reasons).toEqual(['call']);
  expect((await found(`${JSON.stringify(call(1))}\n${line}`)).reasons).toEqual(['call']);
});

const BESIDE = `
STATISTICS	1
b/1
Complete
| a |
| :-: |
||  status  |  a  ||
|---|
- eventId: 1
  - field: a
2026-11-20T11:00:00.000Z
  message: |-
sep=;
#TYPE System.String
Timestamp : 1
\`\`\`json
---
</v></field>
@@ -1 +1 @@
HTTP/1.1 200 OK
Content-Type: a/b
event: log
START RequestId: 1
INIT_START Runtime Version: a
Fluent Bit v3.1.0
* Copyright (C) 2026
[2026/11/20 11:00:00] [ info] [output] a
Common labels: {"a":"b"}
LogRecord #0
Trace ID:
     -> a: Str(b)`
  .split('\n')
  .slice(1);

test('every pattern of a line beside records matches one', () => {
  BESIDE_RECORDS.forEach((pattern) => expect(BESIDE.filter((line) => pattern.test(line))).not.toEqual([]));
  BESIDE.forEach((line) => expect([line, isBesideRecords(line)]).toEqual([line, true]));
  const records = [
    'RESULTS\t@message\t{"modelId"',
    'RESULTS\t@message\tdamaged',
    '||  @message  |  damaged  ||',
    '| 2026-11-20 | damaged |',
  ];
  records.forEach((line) => expect([line, isBesideRecords(line)]).toEqual([line, false]));
});

test('what callers write is never taken for a record, whatever is around its own', async () => {
  const claim = { ...call(9), requestId: 'claimed' };
  const prompt = { messages: [{ content: [{ text: JSON.stringify(claim), json: claim }] }] };
  const record = { ...call(1), schemaType: 'Other', input: { inputBodyJson: prompt } };
  for (const each of [record, { ...record, schemaType: undefined, modelId: undefined }, { input: { inputBodyJson: prompt } }]) {
    for (const { write, indented } of WRITERS) {
      const { ids } = await found(write([JSON.stringify(each, undefined, indented ? 2 : undefined)]));
      expect(ids).not.toContain('claimed');
    }
  }
});

test.each([
  [
    'columns that are members',
    `timestamp,modelId,input\n2026,a,"{""messages"":""${JSON.stringify(JSON.stringify(call(9))).replaceAll('"', '""')}""}"`,
  ],
  ['a line of another notation', `{schemaType=ModelInvocationLog, input={inputBodyJson=${JSON.stringify(call(9))}}}`],
])('%s: what callers write is no record', async (_, text) => {
  const { reasons } = await found(`${text}\n${JSON.stringify(call(1))}`);
  expect(reasons.filter((reason) => reason === 'call')).toHaveLength(1);
  expect(reasons).toHaveLength(2);
});

test('records in YAML are named with the command that makes them readable', async () => {
  const yaml = `- accountId: '111122223333'\n  input:\n    text: '${JSON.stringify(call(9))}'\n`;
  expect(await found(yaml)).toMatchObject({ reasons: [], error: expect.stringContaining('yq -p yaml -o json FILE') as string });
});

test('a line that looks like YAML ends nothing behind a call: the calls after it are read', async () => {
  const text = [call(1), call(2)].map((each) => JSON.stringify(each)).join('\naccountId: 111122223333\n');
  expect((await found(text)).reasons.filter((reason) => reason === 'call')).toHaveLength(2);
});

test('YAML and tables of the AWS CLI are read where each record is on a line', async () => {
  const record = JSON.stringify(call(1));
  const yaml = `events:\n- eventId: '1'\n  message: '${record}'\n  timestamp: 1\nsearchedLogStreams: []\n`;
  const table = `-----\n| FilterLogEvents |\n+-----+\n||  message  |  ${record}  ||\n+-----+\n`;
  for (const each of [yaml, table]) expect((await found(each)).reasons).toEqual(['call']);
});

test('a query without @message is explained', async () => {
  const { err } = await replay([file('@timestamp,modelId\n2026-11-20 11:00:00.000,a\n'), file(lines(call(1)))]);
  expect(err).toContain(':2: no column has the record: query @message as well');
});

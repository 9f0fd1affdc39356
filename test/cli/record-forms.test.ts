import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BESIDE_RECORDS, RECORD_FORMS } from '../../cli/input/record-forms';
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
])('%s is no record, and no damaged one', async (line) => {
  expect((await found(`${line}\n${JSON.stringify(call(1))}`)).reasons).toEqual(['call']);
  expect((await found(`${JSON.stringify(call(1))}\n${line}`)).reasons).toEqual(['call']);
});

test('every pattern of a line beside records matches one', () => {
  const seen = ['STATISTICS\t1', 'b/1', 'Complete', '| a |', '|---|', '- eventId: 1', '  - field: a', '2026-11-20T11:00:00.000Z', '+--+'];
  BESIDE_RECORDS.forEach((pattern) => expect(seen.some((line) => pattern.test(line))).toBe(true));
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

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readRecords } from '../../../demo/traffic/records';

const NOW = new Date('2026-11-21T12:00:00Z');
const record = (requestId: string, timestamp: string) =>
  JSON.stringify({ schemaType: 'ModelInvocationLog', requestId, timestamp, region: 'us-east-1', modelId: 'amazon.nova-micro-v1:0' });

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'demo-records-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const idsOf = (records: ReadonlyArray<{ message: string }>) =>
  records.map(({ message }) => (JSON.parse(message) as { requestId: string }).requestId);

test('reads a folder in every form that replay reads, in the order of time, and names what cannot be read', async () => {
  const err = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const [first, second, third] = ['08', '09', '10'].map((hour) => record(hour, `2026-11-20T${hour}:00:00Z`)) as [string, string, string];
  const events = { events: [second, third].map((message) => ({ timestamp: 1, message })) };
  writeFileSync(join(folder, '1.json.gz'), gzipSync(JSON.stringify(events, undefined, 2)));
  writeFileSync(join(folder, '2.log'), `2026-11-20T08:00:00.000Z ${first}\n{"schemaType":"ModelInvocationLog",\n`);
  writeFileSync(join(folder, 'README.txt'), 'Logs of November');

  const records = await readRecords([folder], NOW);

  expect(idsOf(records)).toEqual(['08', '09', '10']);
  expect(records[0]?.time).toEqual(new Date('2026-11-20T08:00:00Z'));
  const messages = err.mock.calls.map(([text]) => String(text)).join('');
  expect(messages).toContain('2.log:2: not JSON');
  expect(messages).toContain('skipped files that are no logs: 1');
});

test('a record that the meter must refuse is sent all the same, at the time of the one before', async () => {
  const file = join(folder, 'log');
  const refused = JSON.stringify({ schemaType: 'ModelInvocationLog', requestId: 'refused' });
  writeFileSync(file, `${record('1', '2026-11-20T10:00:00Z')}\n${refused}\n`);
  const records = await readRecords([file], NOW);
  expect(idsOf(records)).toEqual(['1', 'refused']);
  expect(records[1]?.time).toEqual(records[0]?.time);
});

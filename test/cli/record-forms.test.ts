import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hintFor, recordOf, RECORD_FORMS } from '../../cli/input/record-forms';
import { call, file, lines, replay } from './replaying';

const RECORD = JSON.stringify(call(1));
const RECEIVED = Date.parse('2026-11-20T10:00:01.456Z');

test.each([
  ['a record', RECORD, { message: RECORD }],
  ['a line of an export', `2026-11-20T10:00:01.456Z ${RECORD}`, { message: RECORD, received: RECEIVED }],
  ['another event of an export', '2026-11-20T10:00:01.456Z Permissions are set', { message: 'Permissions are set', received: RECEIVED }],
  ['aws logs tail', `2026-11-20T10:00:01.456000+00:00 aws/bedrock/modelinvocations ${RECORD}`, { message: RECORD, received: RECEIVED }],
  ['aws logs tail --format short', `2026-11-20T10:00:01 ${RECORD}`, { message: RECORD, received: undefined }],
  ['a number', '5', { message: '5' }],
  ['text', 'not a record', { message: 'not a record' }],
])('%s', (_, line, found) => {
  expect(recordOf(line)).toEqual(found);
});

test('every form is documented', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'command-line.md'), 'utf8').replace(/\s+/g, ' ');
  RECORD_FORMS.forEach(({ name }) => expect(page).toContain(name));
});

test.each(['[', '{', '[{"a":1},'])('%s at the beginning of a file gets a hint', (line) => {
  expect(hintFor(line)).toContain('jq -c');
});

test('a record, or text, gets none', () => {
  expect([hintFor(RECORD), hintFor('text')]).toEqual([undefined, undefined]);
});

test('replay and digest read them all alike', async () => {
  const { lines: found } = await replay([
    file(`2026-11-20T10:00:01.456000+00:00 aws/bedrock/modelinvocations ${lines(call(1))}2026-11-20T10:00:01 ${lines(call(2))}`),
  ]);
  expect(found.map(({ status }) => status)).toEqual(['priced', 'priced']);
});

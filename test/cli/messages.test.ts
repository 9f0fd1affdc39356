import { Messages } from '../../cli/replay/messages';

function watched(isTTY: boolean) {
  const written: string[] = [];
  let now = 0;
  const messages = new Messages({ isTTY, columns: 40, write: (text) => written.push(text) }, () => now);
  return { messages, written, at: (time: number) => (now = time) };
}

test('progress is one line that is rewritten a few times a second and never wraps', () => {
  const { messages, written, at } = watched(true);
  at(1_000_000_000_000);
  messages.progress('a.ndjson', 4096);
  messages.progress('a.ndjson', 8192);
  at(1_000_000_000_300);
  messages.progress('a/long/path/to/a/file.ndjson', 12_288);
  expect(written).toHaveLength(2);
  expect(written[0]).toContain('4,096 records');
  expect(written[1]!.length).toBeLessThan(40 + '\r\x1b[K'.length);
});

test('without a terminal there is no progress, but errors are printed', () => {
  const { messages, written, at } = watched(false);
  at(1_000_000_000_000);
  messages.progress('a.ndjson', 4096);
  messages.unreadable('a.gz', Object.assign(new Error('unexpected end of file'), { code: 'Z_BUF_ERROR' }));
  expect(written).toEqual(['a.gz: the gzip data ends early\n']);
});

test('a message takes the place of the progress', () => {
  const { messages, written, at } = watched(true);
  at(1_000_000_000_000);
  messages.progress('a.ndjson', 4096);
  messages.malformed('a.ndjson:5', 'not JSON');
  expect(written.slice(1)).toEqual(['\r\x1b[K', 'a.ndjson:5: not JSON\n']);
});

test('beyond ten, records that cannot be read are counted, and nothing is said to list them unless something does', () => {
  const { messages, written } = watched(false);
  for (let line = 1; line <= 12; line++) messages.malformed(`a:${line}`, 'not JSON');
  messages.end();
  expect(written.slice(9)).toEqual(['a:10: not JSON\n', '2 more records cannot be read\n']);
});

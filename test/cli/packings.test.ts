import { gzipSync } from 'node:zlib';
import * as zlib from 'node:zlib';
import { PACKINGS } from '../../cli/input/compression';
import { skipReason } from '../../cli/input/source';
import { found } from './found-records';
import { call, file, folder, lines, replay } from './replaying';

const RECORDS = lines(call(1), call(2));

describe('packings', () => {
  const unreadable = PACKINGS.filter(({ unpack }) => !unpack);

  test('zip, zstd and the others that Node.js cannot unpack are named with a command that can', async () => {
    for (const { name, magic, at = 0, command } of unreadable) {
      const bytes = Buffer.concat([
        Buffer.alloc(at, 'x'),
        Buffer.from(magic.replace(/\.\{52\}\(\?:([^|]*).*/, `${'00'.repeat(26)}$1`), 'hex'),
        Buffer.alloc(1000, 1),
      ]);
      const { error, reasons } = await found(bytes);
      expect([error, reasons]).toEqual([
        `${name} data cannot be read here: pipe the output of ${command} into this command, with - as its path`,
        [],
      ]);
      expect((await found(gzipSync(bytes))).error).toBe(error);
    }
    expect(unreadable.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['zip', 'bzip2', 'xz', 'tar', 'Excel', 'Parquet', 'Avro', 'ORC']),
    );
  });

  test('the other files are read, and the exit code says that one is not', async () => {
    const { lines: read, err, code } = await replay([file(Buffer.from('504b030400', 'hex')), file(RECORDS)]);
    expect([read.length, code]).toEqual([2, 3]);
    expect(err).toContain('zip data cannot be read here: pipe the output of unzip -p FILE into this command');
  });

  test('zstd is read where Node.js can', async () => {
    const { zstdCompressSync } = zlib as { readonly zstdCompressSync?: (text: string) => Buffer };
    expect(PACKINGS.find(({ name }) => name === 'zstd')?.unpack === undefined).toBe(zstdCompressSync === undefined);
    if (zstdCompressSync) expect((await found(zstdCompressSync(RECORDS))).reasons).toEqual(['call', 'call']);
  });

  test.each([
    ['calls.br', zlib.brotliCompressSync(RECORDS), undefined],
    ['calls.snappy', Buffer.from([20, 0x50, 1, 2, 3]), 'snzip -dc -t raw FILE'],
    ['calls.hsnappy', Buffer.from([0, 0, 0, 20]), 'snzip -dc -t hadoop-snappy FILE'],
  ])('%s has no bytes to be recognised by: its name tells', async (name, bytes, command) => {
    const { lines: read, err } = await replay([file(bytes, `named/${name}`), file(lines(call(3)))]);
    expect(read).toHaveLength(command === undefined ? 3 : 1);
    expect(err).toContain(command ?? '');
  });

  test('gzip is unpacked as often as tools pack it, and not without end', async () => {
    const packed = (times: number): Buffer => (times === 0 ? Buffer.from(RECORDS) : gzipSync(packed(times - 1)));
    expect((await found(packed(3))).reasons).toEqual(['call', 'call']);
    expect((await found(packed(4))).error).toBe('it is compressed more than 3 times');
  });

  test('files of any length, also shorter than what they are recognised by', async () => {
    for (const content of ['', '\n', '\uFEFF']) expect((await found(content)).error).toBeUndefined();
    for (const content of ['{', 'x', '\u001f']) expect((await found(content)).error).toBe('it is not a log');
  });
});

describe('a folder that is called data', () => {
  const LOG = '20261120T100000123Z_0a1b2c3d4e5f6071.json.gz';
  const HOUR = 'AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/2026/11/20/10';
  const BODY = '3f2b1c9e-0d4a-4a53-9a5e-7c1d2e3f4a5b_input.json.gz';

  test.each([
    [`/home/data/${HOUR}/${LOG}`, undefined],
    [`/home/data/${LOG}`, undefined],
    [`data/2026/11/20/10/data/${LOG}`, undefined],
    [`${HOUR}/${LOG}`, undefined],
    [`${HOUR}/data/${BODY}`, 'body'],
    [`prefix/${HOUR}/data/anything`, 'body'],
    [`/copy/10/data/${BODY}`, 'body'],
    [`/copy/10/data/${BODY.replace('input', 'output_media_00')}`, 'body'],
    [`/copy/10/data/mine_input.json.gz`, undefined],
    [`/copy/data-${BODY}`, undefined],
    [`/data/${HOUR.replace('/10', '')}/data/x.json`, undefined],
  ])('%s: %s', (path, reason) => expect(skipReason(path)).toBe(reason));

  test('is read, without the bodies that Bedrock delivers below it', async () => {
    file(gzipSync(RECORDS), `synced/data/${HOUR}/${LOG}`);
    file(gzipSync('{"messages":[]}'), `synced/data/${HOUR}/data/${BODY}`);
    const { lines: read, err, code } = await replay([`${folder}/synced/data`]);
    expect([read.map(({ status }) => status), code]).toEqual([['priced', 'priced'], 0]);
    expect(err).toMatch(/^skipped bodies below data\/: 1, /);
  });
});

test.each(['.json', '.jsonl', '.csv', '.gz', '.zst', '.zip', '.parquet', ''])(
  'files in folders that are called log%s are read',
  (extension) => {
    expect(skipReason(`/logs/log${extension}`)).toBeUndefined();
  },
);

describe('lines of any length', () => {
  const record = JSON.stringify(call(1, { input: { inputTokenCount: 1, inputBodyJson: { text: 'é"\\\n'.repeat(400_000) } } }));

  test('a record of more than a million characters', async () => {
    expect(record.length).toBeGreaterThan(2_000_000);
    for (const text of [record, `[${record},${record}]`, `2026-11-20T10:00:00Z ${record}\n${RECORDS}`]) {
      const { reasons, error } = await found(text);
      expect([new Set(reasons), error]).toEqual([new Set(['call']), undefined]);
    }
  });

  test('a record of more than 16 million characters costs only itself', async () => {
    const long = record.replace('"text":"', `"text":"${'x'.repeat(17_000_000)}`);
    for (const write of [
      (texts: string[]) => texts.join('\n'),
      (texts: string[]) => texts.join(''),
      (texts: string[]) => `[${texts.join(',')}]`,
    ]) {
      const { reasons, ids, error } = await found(write([JSON.stringify(call(1)), long, JSON.stringify(call(2))]));
      expect(reasons).toEqual(['call', 'longer than 16 million characters', 'call']);
      expect([ids[0], ids[2], error]).toEqual([call(1).requestId, call(2).requestId, undefined]);
    }
  });
});

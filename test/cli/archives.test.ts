import { brotliCompressSync, gzipSync } from 'node:zlib';
import { ARCHIVES, type Files, streamedZipOf, tarOf, zipOf } from './archives';
import { call, file, folder, lines, replay } from './replaying';

const HOUR = 'AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/2026/11/20/10';
const LOG = `${HOUR}/20261120T101542123Z_4e5f6071-4e5f-6071-8e9f-a0b1c2d3e4f5.json.gz`;
const BODY = `${HOUR}/data/3f2b1c9e-0d4a-4a53-9a5e-7c1d2e3f4a5b_input.json.gz`;

const FILES: Files = {
  [LOG]: gzipSync(lines(call(1), call(2))),
  [BODY]: gzipSync('{"messages":[]}'),
  'README.md': Buffer.from('Logs of November'),
  'photo.png': Buffer.alloc(300, 7),
  'more/array.json': Buffer.from(JSON.stringify([call(3), call(4)])),
};

test.each(ARCHIVES)('the files of a %s are read as those of a folder', async (_, write) => {
  const { lines: read, err, code } = await replay([file(write(FILES), 'logs.bin')]);
  expect([read.length, new Set(read.map(({ status }) => status)), code]).toEqual([4, new Set(['priced']), 0]);
  expect(err).toContain(`skipped bodies below data/: 1, the first is ${folder}/logs.bin:${BODY}`);
  expect(err).toMatch(/skipped files that are no logs: 2, the first is .*logs\.bin:(README\.md|photo\.png)/);
});

test('archives in archives are read, and not without end', async () => {
  let archive = zipOf({ 'a.json': Buffer.from(lines(call(1))) });
  for (let depth = 2; depth <= 3; depth += 1) archive = (depth % 2 === 0 ? tarOf : zipOf)({ 'inner.zip': archive });
  expect((await replay([file(archive)])).lines).toHaveLength(1);
  const { err, code } = await replay([file(zipOf({ 'inner.zip': archive })), file(lines(call(2)))]);
  expect([err, code]).toEqual([expect.stringContaining('an archive in an archive, too many times'), 3]);
});

test.each(ARCHIVES)('of a %s that is cut off, what was read counts, and the cut is said', async (_, write) => {
  const whole = write({
    'a.json': Buffer.from(lines(call(1))),
    'b.json': Buffer.from(lines(...Array.from({ length: 200 }, (__, n) => call(n)))),
  });
  const { lines: read, err, code } = await replay([file(whole.subarray(0, Math.floor(whole.length * 0.7)))]);
  expect(read.length).toBeGreaterThanOrEqual(1);
  expect([code, err]).toEqual([3, expect.stringMatching(/early|damaged/)]);
});

test('a file in an archive that cannot be read costs only itself', async () => {
  const files = {
    'a.bz2': Buffer.from('425a6839', 'hex'),
    'b.gz': gzipSync(lines(call(1))).subarray(0, 40),
    'c.json': Buffer.from(lines(call(2))),
  };
  for (const write of [zipOf, streamedZipOf, tarOf]) {
    const { lines: read, err, code } = await replay([file(write(files))]);
    expect([read.length, code]).toEqual([1, 3]);
    expect(err).toContain('a.bz2: bzip2 data cannot be read here: pipe the output of bzip2 -dc FILE');
    expect(err).toContain('b.gz: the gzip data ends early');
  }
});

test('a damaged tar, and no zip at all', async () => {
  const damaged = tarOf({ 'a.json': Buffer.from(lines(call(1))), 'b.json': Buffer.from(lines(call(2))) });
  damaged.write('xxxxx', 512 * 3 + 257);
  const { lines: read, err } = await replay([file(damaged)]);
  expect(read).toHaveLength(1);
  expect(err).toContain('the tar archive is damaged');
});

test('Brotli is recognised by the name of its file', async () => {
  expect((await replay([file(brotliCompressSync(lines(call(1))), 'log.json.br')])).lines).toHaveLength(1);
  expect((await replay([file(lines(call(2)), 'plain.br'), file(lines(call(3)))])).code).toBe(3);
});
